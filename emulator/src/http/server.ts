import { createServer } from "node:http";
import type { RequestListener, Server } from "node:http";
import type * as Https from "node:https";
import { createRequire } from "node:module";
import type { Socket } from "node:net";
import { CLOSE_GRACE_MS, HEADERS_TIMEOUT_MS, KEEP_ALIVE_TIMEOUT_MS, REQUEST_TIMEOUT_MS } from "../limits";
import type { Dispatch } from "./exchange";
import { handle } from "./handle";
import { Outbox } from "./outbox";
import type { ServerCertificate } from "./serverCertificate";
import { answerConnect } from "./tunnel";

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
  /** Requests whose answer has not left, or whose work is not done though their sender has gone. */
  private inFlight = 0;
  private whenIdle: () => void = () => undefined;
  /** All of them: Node's own list leaves out those in a handshake or a tunnel. */
  private readonly sockets = new Set<Socket>();
  private readonly onRequest: RequestListener;
  private readonly outbox = new Outbox();

  /** Requests that arrive before `dispatch` is there wait for it. */
  constructor(
    dispatch: Promise<Dispatch>,
    private readonly deadlines = DEADLINES,
  ) {
    let current: Dispatch = (request) => dispatch.then((provided) => provided(request));
    void dispatch.then((provided) => (current = provided));
    this.onRequest = (incoming, response) => {
      this.inFlight++;
      let awaited = 2;
      const end = (): void => {
        if (--awaited === 0 && --this.inFlight === 0) this.whenIdle();
      };
      response.on("close", end);
      handle(incoming, response, current, this.outbox, end);
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
    const grace = new Promise<void>((resolve) => (timer = setTimeout(resolve, CLOSE_GRACE_MS)));
    const idle = new Promise<void>((resolve) => (this.whenIdle = resolve));
    if (this.inFlight > 0) await Promise.race([idle, grace]);
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
