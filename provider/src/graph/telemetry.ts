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

/** A wait before a request is sent again. */
export interface WaitEvent {
  readonly operation: string;
  readonly waitMs: number;
  /** The attempt that failed, 1 for the first. */
  readonly attempt: number;
}

/** Subscribe with `node:diagnostics_channel`; nothing is published, or made, while nobody does. */
export const REQUEST_CHANNEL = "pulumi-intune:request";
export const WAIT_CHANNEL = "pulumi-intune:wait";

const requests = channel(REQUEST_CHANNEL);
const waits = channel(WAIT_CHANNEL);

export function publishRequest(makeEvent: () => RequestEvent): void {
  if (requests.hasSubscribers) requests.publish(makeEvent());
}

export function publishWait(event: WaitEvent): void {
  if (waits.hasSubscribers) waits.publish(event);
}
