import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { request } from "undici";

/** What reaches the client in place of, or made of, the answer. */
export interface ProxyAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What to do with one request: let it through, or what a network, a gateway or a service in trouble does. */
export type ProxyFault =
  | { readonly kind: "pass" }
  /** The connection breaks; the request never arrives. */
  | { readonly kind: "resetBefore" }
  /** The request is carried out; its answer is lost. */
  | { readonly kind: "resetAfter" }
  /** The request is carried out; its answer does not come within any patience. */
  | { readonly kind: "hangAfter" }
  /** Refused by somebody on the way; not carried out. */
  | { readonly kind: "answer"; readonly answer: ProxyAnswer }
  /** Carried out; the answer is changed on the way. */
  | { readonly kind: "edit"; readonly edit: (answer: ProxyAnswer) => ProxyAnswer }
  /** Carried out in part: the body is changed on the way there, the answer on the way back. */
  | {
      readonly kind: "rewrite";
      readonly body: (body: string) => string;
      readonly edit: (answer: ProxyAnswer) => ProxyAnswer;
    };

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

export interface FaultProxy {
  /** Takes the place of the emulator's graphEndpoint. */
  readonly graphEndpoint: string;
  close(): Promise<void>;
}

/** A proxy in front of `graphEndpoint` that asks `decide` about each request, in order of arrival. */
export async function startFaultProxy(
  graphEndpoint: string,
  decide: (seen: SeenRequest) => ProxyFault,
): Promise<FaultProxy> {
  const server = createServer((incoming, outgoing) => {
    void serve(graphEndpoint, decide, incoming, outgoing).catch(() => incoming.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { graphEndpoint: `http://127.0.0.1:${String(portOf(server))}`, close: () => close(server) };
}

async function serve(
  graphEndpoint: string,
  decide: (seen: SeenRequest) => ProxyFault,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const body = await readBody(incoming);
  const path = incoming.url ?? "/";
  const fault = decide({ method: incoming.method ?? "GET", path, body });
  if (fault.kind === "resetBefore") return void incoming.socket.destroy();
  if (fault.kind === "answer") {
    send(outgoing, fault.answer);
    return;
  }
  const answer = await forward(`${graphEndpoint}${path}`, incoming, fault.kind === "rewrite" ? fault.body(body) : body);
  if (fault.kind === "resetAfter") return void incoming.socket.destroy();
  if (fault.kind === "hangAfter") return;
  send(outgoing, fault.kind === "pass" ? answer : fault.edit(answer));
}

async function forward(url: string, incoming: IncomingMessage, body: string): Promise<ProxyAnswer> {
  const { authorization = "", "content-type": contentType } = incoming.headers;
  const headers = {
    authorization,
    "client-request-id": String(incoming.headers["client-request-id"]),
    ...(contentType === undefined ? {} : { "content-type": contentType }),
  };
  const method = incoming.method as "GET" | "POST" | "PATCH" | "DELETE";
  const answer = await request(url, { method, headers, body: body === "" ? null : body });
  const kept = Object.entries(answer.headers).filter(
    ([name]) => !["content-length", "connection", "keep-alive", "transfer-encoding"].includes(name),
  );
  return {
    status: answer.statusCode,
    headers: Object.fromEntries(kept.map(([name, value]) => [name, String(value)])),
    body: await answer.body.text(),
  };
}

function send(outgoing: ServerResponse, { status, headers, body }: ProxyAnswer): void {
  outgoing.writeHead(status, headers);
  outgoing.end(body);
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of incoming) text += String(chunk);
  return text;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the proxy has no port");
  return address.port;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}
