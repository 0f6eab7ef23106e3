import { channel } from "node:diagnostics_channel";

/** One attempt of a request, after its end. No body, no token, no value of a property. */
export interface RequestEvent {
  readonly operation: string;
  readonly method: string;
  /** Below the endpoint, without query. */
  readonly path: string;
  /** Absent where no answer came; then `failure` says why. */
  readonly status: number | undefined;
  readonly failure: string | undefined;
  readonly durationMs: number;
  readonly clientRequestId: string | undefined;
  readonly requestId: string | undefined;
  /** The names of the properties in the body that was sent. */
  readonly properties: readonly string[];
}

/** A wait before a request is sent again, or before requests are sent at all. */
export type WaitEvent = RetryWait | QuotaWait;

export interface RetryWait {
  readonly reason: "retry";
  readonly operation: string;
  readonly waitMs: number;
  /** The attempt that failed, 1 for the first. */
  readonly attempt: number;
}

/** One for all requests that wait for the quota, when a wait of more than a second begins. */
export interface QuotaWait {
  readonly reason: "quota";
  /** Until the first of them may go. */
  readonly waitMs: number;
  /** Requests that wait. */
  readonly waiting: number;
  /** E.g. `100 writes in 20 s`. */
  readonly allowance: string;
}

/** One `$batch`, after its end. Each request in it has a {@link RequestEvent} of its own. */
export interface BatchEvent {
  /** Requests in it. */
  readonly items: number;
  readonly durationMs: number;
  /** Of the batch as a whole. Absent where no answer came; then `failure` says why. */
  readonly status: number | undefined;
  readonly failure: string | undefined;
  readonly clientRequestId: string | undefined;
  readonly requestId: string | undefined;
}

/** Subscribe with `node:diagnostics_channel`; nothing is published, or made, while nobody does. */
export const REQUEST_CHANNEL = "pulumi-intune:request";
export const WAIT_CHANNEL = "pulumi-intune:wait";
export const BATCH_CHANNEL = "pulumi-intune:batch";

const requests = channel(REQUEST_CHANNEL);
const waits = channel(WAIT_CHANNEL);
const batches = channel(BATCH_CHANNEL);

export function publishRequest(makeEvent: () => RequestEvent): void {
  if (requests.hasSubscribers) requests.publish(makeEvent());
}

export function publishWait(event: WaitEvent): void {
  if (waits.hasSubscribers) waits.publish(event);
}

export function publishBatch(makeEvent: () => BatchEvent): void {
  if (batches.hasSubscribers) batches.publish(makeEvent());
}
