/** One HTTP exchange of an operation, as the pipeline hands it down. */
export interface GraphRequest {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Absolute. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For messages, e.g. `create DeviceComplianceDeviceStatus`. */
  readonly operation: string;
  /** The kind of resource it is for, e.g. `DeviceComplianceDeviceStatus`. */
  readonly resource: string;
  /** The permission the operation needs, for the advice after a 403. */
  readonly permission: string;
  /** Values of identity properties in the body: struck out of whatever Graph says back. */
  readonly identityValues: readonly string[];
  /** Epoch milliseconds at which the operation began. */
  readonly startedMs: number;
  /** Epoch milliseconds by which the whole operation must be over. */
  readonly deadlineMs: number;
  /**
   * Looks whether this write took place although its answer was lost. A response stands for the lost one.
   * Absent on requests that may simply be sent again.
   */
  readonly findLost?: () => Promise<GraphResponse | undefined>;
}

export interface GraphResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  /** Requests it took. */
  readonly attempts: number;
  /** The wait after which the server wants to be asked again, where it does not fit the time left of the operation. */
  readonly tooLongWaitMs?: number;
}

/** No answer came. What the sender throws; the outermost step makes a {@link NoAnswerError} of it. */
export class TransportFailure extends Error {
  /** Requests sent when it was given up. */
  attempts = 1;

  constructor(
    readonly reason: string,
    /** Whether the request can have reached the service. */
    readonly mayHaveArrived: boolean,
    readonly whatToDo: string,
    override readonly cause: unknown,
  ) {
    super(reason);
  }
}

export type Send = (request: GraphRequest) => Promise<GraphResponse>;

/** A step of the pipeline: may change the request, call `next` any number of times, change or replace the response. */
export type Middleware = (next: Send) => Send;

/** Chain `middleware`, the first outermost, around `send`. */
export function compose(middleware: readonly Middleware[], send: Send): Send {
  return middleware.reduceRight((next, step) => step(next), send);
}

/** Path of a request's URL, for messages. */
export const pathOf = (request: GraphRequest): string => new URL(request.url).pathname;
