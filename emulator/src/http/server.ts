import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import type * as Https from "node:https";
import { createRequire } from "node:module";
import type { Socket } from "node:net";
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
import type { ServerCertificate } from "./serverCertificate";
import { answerConnect } from "./tunnel";

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

/** The edge: with its neighbours in this folder the only code that knows sockets. Plain http, and TLS beside it when asked for. */
export class HttpServer {
  private readonly plain: Server;
  private secure: Server | undefined;
  private readonly inFlight = new Set<Promise<void>>();
  /** All of them: Node's own list leaves out those in a handshake or a tunnel. */
  private readonly sockets = new Set<Socket>();
  private readonly onRequest: RequestListener;

  /** Requests that arrive before `dispatch` is there wait for it. */
  constructor(
    dispatch: Promise<Dispatch>,
    private readonly deadlines = DEADLINES,
  ) {
    this.onRequest = (incoming, response) => {
      const handled = handle(incoming, response, dispatch).finally(() => this.inFlight.delete(handled));
      this.inFlight.add(handled);
    };
    this.plain = this.watch(createServer(this.options(), this.onRequest));
    this.plain.on("connect", (request, socket, head) => {
      const { secure } = this;
      answerConnect(request, socket, head, secure && ((tunnel) => secure.emit("connection", tunnel)));
    });
  }

  /** Resolves with the port. Rejects with Node's error when the port cannot be had. */
  listen(port: number, host: string): Promise<number> {
    return listen(this.plain, port, host);
  }

  /** The same as `listen` for https, where the certificate is shown. */
  async listenTls(port: number, host: string, { certificatePem, privateKeyPem }: ServerCertificate): Promise<number> {
    const tls = { ...this.options(), cert: certificatePem, key: privateKeyPem };
    const secure = this.watch(loadHttps().createServer(tls, this.onRequest));
    const actual = await listen(secure, port, host);
    this.secure = secure;
    return actual;
  }

  /** No new connections; what runs is finished; idle and late sockets are ended. */
  async close(): Promise<void> {
    const servers = [this.plain, ...(this.secure === undefined ? [] : [this.secure])];
    const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)));
    let timer: NodeJS.Timeout | undefined;
    const grace = new Promise((resolve) => (timer = setTimeout(resolve, CLOSE_GRACE_MS)));
    while (this.inFlight.size > 0) {
      const outcome = await Promise.race([Promise.allSettled(this.inFlight), grace.then(() => "late")]);
      if (outcome === "late") break;
    }
    clearTimeout(timer);
    for (const socket of this.sockets) socket.destroy();
    await Promise.all(closed);
  }

  private options(): Deadlines & { keepAliveTimeout: number } {
    return { ...this.deadlines, keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS };
  }

  private watch(server: Server): Server {
    return server.on("connection", (socket: Socket) => {
      this.sockets.add(socket);
      socket.once("close", () => this.sockets.delete(socket));
    });
  }
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

/** Only when asked for: 5 ms of a start that has 150. */
function loadHttps(): typeof Https {
  return createRequire(__filename)("node:https") as typeof Https;
}

async function handle(incoming: IncomingMessage, response: ServerResponse, dispatch: Promise<Dispatch>): Promise<void> {
  const left = new Promise((resolve) => response.once("close", resolve));
  // Kept, because a request whose connection is gone has none any more.
  const { socket } = incoming;
  try {
    const body = hasBody(incoming) ? await readBody(incoming) : NO_BODY;
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

/** The whole body; undefined when it is over the limit, after it has been read to its end so that the sender listens to the answer. */
function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const limit = incoming.url?.startsWith("/_emulator/") === true ? MAX_CONTROL_BODY_BYTES : MAX_REQUEST_BODY_BYTES;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    // By events: an async iterator over each small body costs a tenth of the whole exchange.
    incoming.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_DISCARDED_BODY_BYTES) reject(new Error("request body without end"));
      else if (size <= limit) chunks.push(chunk);
    });
    incoming.once("end", () => {
      if (size > limit) resolve(undefined);
      else resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
    });
    incoming.once("error", reject);
    incoming.once("close", () => {
      reject(new Error("the sender went away"));
    });
  });
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
