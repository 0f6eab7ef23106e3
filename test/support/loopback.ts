import { createServer as createHttp, type IncomingMessage, request, type Server } from "node:http";
import { createServer as createHttps } from "node:https";
import { type AddressInfo, connect, type Socket } from "node:net";
import type { Identity } from "./certificates";

export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
}

/** A small server of the test's own on 127.0.0.1. */
export interface LoopbackServer {
  readonly origin: string;
  readonly received: readonly Received[];
}

interface Reply {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

const open = new Set<Server>();

/** Close every server of the test file; to be called in `afterAll`. */
export async function closeServers(): Promise<void> {
  await Promise.all(
    [...open].map((server) => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    }),
  );
  open.clear();
}

/** One that answers every request with what `reply` says. */
export async function startServer(reply: (request: Received) => Reply): Promise<LoopbackServer> {
  const received: Received[] = [];
  const server = createHttp((incoming, response) => {
    incoming.resume();
    const one = receivedOf(incoming);
    received.push(one);
    const { status, headers = {}, body } = reply(one);
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  });
  return { origin: `http://${await listen(server)}`, received };
}

/** One that speaks TLS and passes everything on to a plain http origin, `Host` included. */
export async function startTlsRelay(
  target: string,
  { certificatePem, privateKeyPem }: Identity,
): Promise<LoopbackServer> {
  const received: Received[] = [];
  const server = createHttps({ cert: certificatePem, key: privateKeyPem }, (incoming, response) => {
    received.push(receivedOf(incoming));
    const { method, url = "/", headers } = incoming;
    const onward = request(new URL(url, target), { headers, ...(method === undefined ? {} : { method }) }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.once("error", () => response.destroy());
    incoming.pipe(onward);
  });
  return { origin: `https://${await listen(server)}`, received };
}

/** A proxy that tunnels (CONNECT) to ports of 127.0.0.1, as HTTPS_PROXY names one. */
export async function startProxy(): Promise<LoopbackServer> {
  const received: Received[] = [];
  const server = createHttp();
  server.on("connect", (incoming: IncomingMessage, client: Socket) => {
    received.push(receivedOf(incoming));
    const port = Number((incoming.url ?? "").split(":")[1]);
    const upstream = connect(port, "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      upstream.pipe(client).pipe(upstream);
    });
    for (const [one, other] of [
      [upstream, client],
      [client, upstream],
    ] as const) {
      one.once("error", () => other.destroy());
      one.once("close", () => other.destroy());
    }
  });
  return { origin: `http://${await listen(server)}`, received };
}

function receivedOf({ method = "GET", url = "/", headers }: IncomingMessage): Received {
  return { method, url, headers };
}

function listen(server: Server): Promise<string> {
  open.add(server);
  return new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () => {
      resolve(`127.0.0.1:${String((server.address() as AddressInfo).port)}`);
    }),
  );
}
