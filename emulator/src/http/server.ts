import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import {
  CLOSE_GRACE_MS,
  HEADERS_TIMEOUT_MS,
  KEEP_ALIVE_TIMEOUT_MS,
  MAX_CONTROL_BODY_BYTES,
  MAX_DISCARDED_BODY_BYTES,
  MAX_REQUEST_BODY_BYTES,
  REQUEST_TIMEOUT_MS,
} from "../limits";
import type { Answer, EmulatorRequest } from "./exchange";

export type Dispatch = (request: EmulatorRequest) => Promise<Answer | "dropped">;

/** How long a sender may take; beyond it Node.js answers 408 and ends the connection. */
export interface Deadlines {
  readonly headersTimeout: number;
  readonly requestTimeout: number;
  readonly connectionsCheckingInterval: number;
}
const DEADLINES: Deadlines = {
  headersTimeout: HEADERS_TIMEOUT_MS,
  requestTimeout: REQUEST_TIMEOUT_MS,
  connectionsCheckingInterval: 5_000,
};

/** The edge: the only file that knows sockets. */
export class HttpServer {
  private readonly server: Server;
  private readonly inFlight = new Set<Promise<void>>();

  /** Requests that arrive before `dispatch` is there wait for it. */
  constructor(dispatch: Promise<Dispatch>, deadlines = DEADLINES) {
    this.server = createServer({ ...deadlines, keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS }, (incoming, response) => {
      const handled = handle(incoming, response, dispatch).finally(() => this.inFlight.delete(handled));
      this.inFlight.add(handled);
    });
  }

  /** Resolves with the port. Rejects with Node's error when the port cannot be had. */
  listen(port: number, host: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.server.once("error", reject);
      this.server.listen(port, host, () => {
        const address = this.server.address();
        resolve(typeof address === "object" && address !== null ? address.port : port);
      });
    });
  }

  /** No new connections; what runs is finished; idle and late sockets are ended. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    let timer: NodeJS.Timeout | undefined;
    const grace = new Promise((resolve) => (timer = setTimeout(resolve, CLOSE_GRACE_MS)));
    while (this.inFlight.size > 0) {
      const outcome = await Promise.race([Promise.allSettled(this.inFlight), grace.then(() => "late")]);
      if (outcome === "late") break;
    }
    clearTimeout(timer);
    this.server.closeAllConnections();
    await closed;
  }
}

async function handle(incoming: IncomingMessage, response: ServerResponse, dispatch: Promise<Dispatch>): Promise<void> {
  const left = new Promise((resolve) => response.once("close", resolve));
  // Kept, because a request whose connection is gone has none any more.
  const { socket } = incoming;
  try {
    const body = await readBody(incoming);
    const answer = await (await dispatch)(toRequest(incoming, body));
    if (answer === "dropped") socket.destroy();
    else send(response, answer);
  } catch {
    // The sender went away in the middle of its body, or the answer could not be written: there is nobody left to tell.
    socket.destroy();
  }
  await left;
}

function toRequest(incoming: IncomingMessage, body: Buffer | undefined): EmulatorRequest {
  const [path = "/", ...query] = (incoming.url ?? "/").split("?");
  const requestId = randomUUID();
  const clientRequestId = incoming.headers["client-request-id"];
  return {
    method: incoming.method ?? "GET",
    path,
    query: query.join("?"),
    headers: incoming.headers,
    body,
    origin: `http://${incoming.headers.host ?? `localhost:${incoming.socket.localPort ?? 0}`}`,
    requestId,
    clientRequestId: typeof clientRequestId === "string" ? clientRequestId : requestId,
  };
}

/** The whole body; undefined when it is over the limit, after it has been read to its end so that the sender listens to the answer. */
async function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const limit = incoming.url?.startsWith("/_emulator/") === true ? MAX_CONTROL_BODY_BYTES : MAX_REQUEST_BODY_BYTES;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > MAX_DISCARDED_BODY_BYTES) throw new Error("request body without end");
    if (size <= limit) chunks.push(chunk);
  }
  return size <= limit ? Buffer.concat(chunks) : undefined;
}

function send(response: ServerResponse, answer: Answer): void {
  const { status, headers, body, text = asJson(body), truncateAfterBytes } = answer;
  const bytes = text === undefined ? 0 : Buffer.byteLength(text);
  const length = status === 204 ? {} : { "Content-Length": String(bytes) };
  response.writeHead(status, { ...headers, ...length });
  if (text === undefined || truncateAfterBytes === undefined || truncateAfterBytes >= bytes) {
    // As text and not as bytes, which Node.js would send apart from the head.
    response.end(text);
  } else {
    // Sent before the connection ends, or the cut would take the head with it.
    response.write(Buffer.from(text).subarray(0, truncateAfterBytes), () => response.socket?.destroy());
  }
}

function asJson(body: unknown): string | undefined {
  return body === undefined ? undefined : JSON.stringify(body);
}
