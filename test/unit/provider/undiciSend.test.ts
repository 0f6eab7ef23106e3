import { createServer as createHttpServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer, type Server } from "node:net";
import { graphDispatcher } from "../../../provider/src/graph/graphDispatcher";
import type { GraphRequest } from "../../../provider/src/graph/middleware";
import { TransportFailure } from "../../../provider/src/graph/middleware";
import { readSettings } from "../../../provider/src/graph/settings";
import { undiciSend } from "../../../provider/src/graph/undiciSend";

const servers: Server[] = [];
const listen = async (server: Server): Promise<string> => {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
};
const http = async (listener: RequestListener): Promise<string> => `http://${await listen(createHttpServer(listener))}`;

afterAll(async () => {
  await Promise.all(
    servers.map((server) => {
      if ("closeAllConnections" in server) (server.closeAllConnections as () => void)();
      return new Promise((resolve) => server.close(resolve));
    }),
  );
});

function requestTo(origin: string, timeLeftMs = 60_000): GraphRequest {
  return {
    method: "POST",
    url: `${origin}/beta/x`,
    headers: {},
    body: "{}",
    operation: "create X",
    resource: "X",
    permission: "P",
    identityValues: [],
    startedMs: Date.now(),
    deadlineMs: Date.now() + timeLeftMs,
  };
}

async function failureAt(origin: string, config: Record<string, string> = {}, timeLeftMs?: number) {
  const settings = readSettings({ get: (key) => ({ graphEndpoint: origin, ...config })[key] }, {});
  const dispatcher = graphDispatcher(settings, undefined);
  const send = undiciSend(dispatcher, settings.requestTimeoutMs, Date.now);
  const failure: unknown = await send(requestTo(origin, timeLeftMs)).catch((error: unknown) => error);
  await dispatcher.destroy();
  if (!(failure instanceof TransportFailure)) throw new Error("no transport failure", { cause: failure });
  return { reason: failure.reason, mayHaveArrived: failure.mayHaveArrived, whatToDo: failure.whatToDo };
}

test("no headers in time: the request may have arrived", async () => {
  const origin = await http(() => undefined);
  expect(await failureAt(origin, { requestTimeoutSeconds: "0.2" })).toMatchObject({
    reason: `none within 0.2 s from ${origin}`,
    mayHaveArrived: true,
  });
});

test("headers but not the whole body in time: says so", async () => {
  const origin = await http((_request, response) => {
    response.writeHead(201, { "content-length": "100" }).write("{");
  });
  expect(await failureAt(origin, { requestTimeoutSeconds: "0.3" })).toMatchObject({
    reason: `its body was not complete within 0.3 s from ${origin}`,
    mayHaveArrived: true,
  });
});

test("the operation's time left ends an exchange, too", async () => {
  const origin = await http(() => undefined);
  expect((await failureAt(origin, {}, 150)).reason).toMatch(/^none within 0\.[12] s/);
});

test("a connection cut in the answer may have carried the request out", async () => {
  const origin = await http((request) => request.socket.destroy());
  expect(await failureAt(origin)).toMatchObject({ mayHaveArrived: true });
});

test("a TLS handshake that never ends meets the connect deadline: nothing was sent", async () => {
  const sockets: { destroy(): void }[] = [];
  const origin = `https://${await listen(createServer((socket) => sockets.push(socket)))}`;
  const failure = await failureAt(origin, { connectTimeoutSeconds: "0.5" });
  for (const socket of sockets) socket.destroy();
  expect(failure).toMatchObject({ reason: `${origin}: UND_ERR_CONNECT_TIMEOUT`, mayHaveArrived: false });
});

describe("proxies of the environment", () => {
  const saved = { ...process.env };
  afterEach(() => {
    process.env = { ...saved };
  });

  test("are used for https elsewhere, and a refusal of theirs is told as theirs", async () => {
    const asked: string[] = [];
    const server = createHttpServer();
    server.on("connect", (request, socket) => {
      asked.push(String(request.url));
      socket.end("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
    });
    process.env["HTTPS_PROXY"] = `http://${await listen(server)}`;
    expect(await failureAt("https://graph.example.test")).toEqual({
      reason: "the proxy on the way to https://graph.example.test answered 407",
      mayHaveArrived: false,
      whatToDo: "check HTTPS_PROXY, and whether the proxy lets this address through; NO_PROXY goes past it",
    });
    expect(asked).toEqual(["graph.example.test:443"]);
  });

  test("are never asked for this machine", async () => {
    const seen: string[] = [];
    const proxy = await http((request, response) => {
      seen.push(String(request.url));
      response.end();
    });
    Object.assign(process.env, { HTTP_PROXY: proxy, HTTPS_PROXY: proxy });
    const origin = await http((request) => request.socket.destroy());
    await failureAt(origin);
    expect(seen).toEqual([]);
  });
});
