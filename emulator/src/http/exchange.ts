import type { IncomingHttpHeaders } from "node:http";

/** A request as it left the socket: everything is there, nothing is interpreted. */
export interface EmulatorRequest {
  readonly method: string;
  /** Percent-encoded, begins with "/". */
  readonly path: string;
  /** As sent, without "?". */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  /** Undefined when it was longer than the limit. */
  readonly body: Buffer | undefined;
  /** Scheme, host and port as the sender wrote them in `Host`. */
  readonly origin: string;
  readonly requestId: string;
  /** Echoed; the request-id when the sender gave none (microsoft-graph-docs-contrib issue #2362 shows both equal). */
  readonly clientRequestId: string;
}

/** The emulator's own paths, which no Graph client asks for. */
export function isOwnPath(path: string): boolean {
  return path.startsWith("/_emulator/") || path === "/_emulator";
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON; no body when undefined. */
  readonly body?: unknown;
  /** Sent as it is, in place of `body`; the headers name its content type. */
  readonly text?: string;
  /** A fault: the connection ends after so many bytes of the body. */
  readonly truncateAfterBytes?: number;
}

/** What becomes of a request. Dropped: the connection ends without an answer. */
export type Outcome = Answer | "dropped";

/** Carries out a request. What is not waited for is there at once. */
export type Dispatch = (request: EmulatorRequest) => Promise<Outcome> | Outcome;

export function jsonAnswer(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return { status, headers: { "Content-Type": "application/json; charset=utf-8", ...headers }, body };
}
