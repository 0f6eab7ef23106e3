/**
 * One class per way a Graph operation can fail. Each message is one line a person can act on; the data behind it stands
 * in the fields. No message holds a token, a secret, a body or the value of an identity property.
 */

/** What was asked, in every error that concerns one request. */
export interface RequestFacts {
  /** E.g. `create DeviceComplianceDeviceStatus`. */
  readonly operation: string;
  /** E.g. `DeviceComplianceDeviceStatus`. */
  readonly resource: string;
  readonly method: string;
  /** Path below the endpoint, without query. */
  readonly path: string;
  /** Requests sent so far for this operation. */
  readonly attempts: number;
  /** Time since the operation began, waits included. */
  readonly elapsedMs: number;
}

/** By which Microsoft finds the request in its logs; absent where the answer had none. */
export interface AnswerIds {
  readonly requestId: string | undefined;
  readonly clientRequestId: string | undefined;
}

/** Base of all failures of this package. */
abstract class GraphError extends Error {
  protected constructor(message: string, cause?: unknown) {
    super(message.replace(/\s+/g, " ").trim(), cause === undefined ? undefined : { cause });
    this.name = new.target.name;
  }
}

/** The settings cannot be used; all their faults are named. */
export class ConfigurationError extends GraphError {
  constructor(readonly faults: readonly string[]) {
    super(`pulumi-intune is not configured: ${faults.join("; ")}`);
  }
}

/** The process is told to end: nothing is sent any more. */
export class StoppedError extends GraphError {
  constructor(operation: string) {
    super(`${operation}: not sent, for the provider is stopping; run pulumi up again`);
  }
}

/** The quota leaves no room for the request within the operation's time: it was not sent. */
export class QuotaError extends GraphError {
  constructor(
    operation: string,
    allowance: string,
    readonly waitMs: number,
  ) {
    super(
      `${operation}: not sent: the quota of ${allowance} has no room for it for ${(waitMs / 1000).toFixed(1)} s, longer than ` +
        "the operation may take: raise intune:operationTimeoutSeconds, or lower --parallel",
    );
  }
}

/** No token could be had. */
export class AuthenticationError extends GraphError {
  constructor(reason: string, whatToDo: string, cause: unknown) {
    super(`cannot sign in to Microsoft Entra: ${reason}; ${whatToDo}`, cause);
  }
}

/** Graph answered, and the answer is a refusal. */
export class AnswerError extends GraphError {
  constructor(
    readonly request: RequestFacts,
    readonly status: number,
    /** Graph's `error.code`, or an empty string. */
    readonly code: string,
    reason: string,
    whatToDo: string,
    readonly ids: AnswerIds,
  ) {
    super(
      `${request.operation}: Graph answered ${status}${code === "" ? "" : ` ${code}`}: ${withoutFullStop(reason)}. ` +
        `${whatToDo} [${request.method} ${request.path}; request-id ${ids.requestId ?? "none"}; ` +
        `client-request-id ${ids.clientRequestId ?? "none"}${attemptsText(request)}]`,
    );
  }
}

/** The service has no such route: documented, but not implemented by it. Never worth a retry. */
export class NotServedError extends AnswerError {}

/** 401 or 403: the token is not accepted, or does not allow the operation. */
export class NotAuthorizedError extends AnswerError {}

/** Throttled, and the wait does not fit the time the operation has left. */
export class ThrottledError extends AnswerError {}

/** No usable answer came: refused, reset, timed out. */
export class NoAnswerError extends GraphError {
  constructor(
    readonly request: RequestFacts,
    reason: string,
    whatToDo: string,
    cause: unknown,
  ) {
    super(
      `${request.operation}: no answer from Graph: ${reason}; ${whatToDo} [${request.method} ${request.path}${attemptsText(request)}]`,
      cause,
    );
  }
}

/** Graph answered with success, and with something that is not what the documentation promises. */
export class ShapeError extends GraphError {
  constructor(
    readonly request: RequestFacts,
    fault: string,
    whatToDo: string,
    /** The id of the row concerned, where it could be read. */
    readonly id?: string,
  ) {
    super(`${request.operation}: ${fault}; ${whatToDo} [${request.method} ${request.path}]`);
  }
}

/** The answer to a write was lost and what came of it cannot be told: the message says what state may be left. */
export class LostAnswerError extends GraphError {
  constructor(
    readonly request: RequestFacts,
    reason: string,
    whatToDo: string,
    cause?: unknown,
  ) {
    super(
      `${request.operation}: its answer was lost, and ${reason}; ${whatToDo} [${request.method} ${request.path}]`,
      cause,
    );
  }
}

const attemptsText = ({ attempts, elapsedMs }: RequestFacts): string =>
  attempts > 1 ? `; ${attempts} attempts in ${(elapsedMs / 1000).toFixed(1)} s` : "";
const withoutFullStop = (text: string): string => text.replace(/[.\s]+$/, "");
