import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { MAX_CONTROL_BODY_BYTES, MAX_DISCARDED_BODY_BYTES, MAX_REQUEST_BODY_BYTES } from "../limits";
import type { Answer, EmulatorRequest } from "./exchange";

export function toRequest(incoming: IncomingMessage, body: Buffer | undefined): EmulatorRequest {
  const url = incoming.url ?? "/";
  const end = url.indexOf("?");
  const requestId = randomUUID();
  const clientRequestId = incoming.headers["client-request-id"];
  return {
    method: incoming.method ?? "GET",
    path: end < 0 ? url : url.slice(0, end),
    query: end < 0 ? "" : url.slice(end + 1),
    headers: incoming.headers,
    body,
    origin: `${"encrypted" in incoming.socket ? "https" : "http"}://${incoming.headers.host ?? `localhost:${incoming.socket.localPort ?? 0}`}`,
    requestId,
    clientRequestId: typeof clientRequestId === "string" ? clientRequestId : requestId,
  };
}

const NO_BODY = Buffer.alloc(0);

/** RFC 9112 section 6: without one of the two there is none, and reading it would cost a turn for nothing. */
function hasBody({ headers }: IncomingMessage): boolean {
  return headers["content-length"] !== undefined || headers["transfer-encoding"] !== undefined;
}

/**
 * Calls `onBody` with the whole body: empty when there is none; undefined when it is over the limit, after it has been read to its end so
 * that the sender listens to the answer. Or calls `onGone`, when the sender went away or does not end. By events and calls: an iterator
 * costs a tenth of the whole exchange, a promise still as much as the write to the world.
 */
export function readBody(
  incoming: IncomingMessage,
  onBody: (body: Buffer | undefined) => void,
  onGone: () => void,
): void {
  if (!hasBody(incoming)) {
    onBody(NO_BODY);
    return;
  }
  const limit = incoming.url?.startsWith("/_emulator/") === true ? MAX_CONTROL_BODY_BYTES : MAX_REQUEST_BODY_BYTES;
  const chunks: Buffer[] = [];
  let size = 0;
  let isSettled = false;
  const settle = (tell: () => void): void => {
    if (isSettled) return;
    isSettled = true;
    tell();
  };
  const gone = (): void => {
    settle(onGone);
  };
  incoming.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > MAX_DISCARDED_BODY_BYTES) gone();
    else if (size <= limit) chunks.push(chunk);
  });
  incoming.on("end", () => {
    settle(() => {
      if (size > limit) onBody(undefined);
      else onBody(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
    });
  });
  incoming.on("error", gone);
  incoming.on("close", gone);
}

/** @throws {Error} Node's own, for a header that HTTP has no place for */
export function sendAnswer(response: ServerResponse, answer: Answer): void {
  const { status, headers, body, text = asJson(body), truncateAfterBytes } = answer;
  const bytes = text === undefined ? 0 : Buffer.byteLength(text);
  // A list and not an object, which Node.js would copy once more.
  const lines: string[] = status === 204 ? [] : ["Content-Length", String(bytes)];
  for (const name in headers) if (!isLength(name)) lines.push(name, headers[name] ?? "");
  response.writeHead(status, lines);
  if (text === undefined || truncateAfterBytes === undefined || truncateAfterBytes >= bytes) {
    // As text and not as bytes, which Node.js would send apart from the head.
    response.end(text);
  } else {
    // Sent before the connection ends, or the cut would take the head with it.
    response.write(Buffer.from(text).subarray(0, truncateAfterBytes), () => response.socket?.destroy());
  }
}

/** A fault's headers may hold one, and two of them are no answer. */
function isLength(header: string): boolean {
  return header.length === 14 && header.toLowerCase() === "content-length";
}

function asJson(body: unknown): string | undefined {
  return body === undefined ? undefined : JSON.stringify(body);
}
