import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { DEFAULT_APP, startEmulator } from "intune-emulator";
import type { Emulator } from "intune-emulator";
import { ProxyAgent, request } from "undici";
import { at, NEW_POLICY } from "../unit/emulator/support/graphClient";
import type { Json } from "../unit/emulator/support/graphClient";

let emulator: Emulator;
let proxy: ProxyAgent;

beforeEach(async () => {
  emulator = await startEmulator({ https: true });
  const ca = emulator.https?.caCertificatePem ?? "";
  proxy = new ProxyAgent({ uri: emulator.graphEndpoint, requestTls: { ca } });
});
afterEach(async () => {
  await proxy.destroy();
  await emulator.close();
});

async function signIn(host: string, scope: string): Promise<string> {
  const { tenantId, clientId, clientSecret } = DEFAULT_APP;
  const form = { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret, scope };
  const { body } = await request(`https://${host}/${tenantId}/oauth2/v2.0/token`, {
    method: "POST",
    dispatcher: proxy,
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(form).toString(),
  });
  return at((await body.json()) as Json, "access_token") as string;
}

test.each([
  ["login.microsoftonline.com", "graph.microsoft.com"],
  ["login.microsoftonline.us", "graph.microsoft.us"],
  ["login.microsoftonline.us", "dod-graph.microsoft.us"],
  ["login.partner.microsoftonline.cn", "microsoftgraph.chinacloudapi.cn"],
])("a client pointed by proxy alone signs in at %s, and writes and reads at %s", async (login, graph) => {
  const token = await signIn(login, `https://${graph}/.default`);
  const url = `https://${graph}/beta/deviceManagement/deviceCompliancePolicies`;
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const created = await request(url, {
    method: "POST",
    dispatcher: proxy,
    headers,
    body: JSON.stringify(NEW_POLICY),
  });
  expect(created.statusCode).toBe(201);
  await created.body.dump();
  const { body } = await request(url, { dispatcher: proxy, headers });
  const list = (await body.json()) as Json;
  expect([at(list, "@odata.count"), at(list, "@odata.context")]).toEqual([
    1,
    `https://${graph}/beta/$metadata#deviceManagement/deviceCompliancePolicies`,
  ]);
});

/** A program that knows of no emulator: all that leads it there is in its environment. */
const PROGRAM = `
const { ClientSecretCredential } = require("@azure/identity");
const { createDefaultHttpClient, createPipelineFromOptions, createPipelineRequest } = require("@azure/core-rest-pipeline");
const { TENANT, CLIENT, SECRET } = process.env;
(async () => {
  const { token } = await new ClientSecretCredential(TENANT, CLIENT, SECRET).getToken("https://graph.microsoft.com/.default");
  const url = "https://graph.microsoft.com/beta/deviceManagement/deviceCompliancePolicies";
  const request = createPipelineRequest({ url });
  request.headers.set("authorization", "Bearer " + token);
  const { status } = await createPipelineFromOptions({}).sendRequest(createDefaultHttpClient(), request);
  process.stdout.write(String(status));
})();`;

test("HTTPS_PROXY and NODE_EXTRA_CA_CERTS alone lead @azure/identity and its pipeline to the emulator", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "intune-emulator-"));
  const file = path.join(folder, "ca.pem");
  writeFileSync(file, emulator.https?.caCertificatePem ?? "");
  const { tenantId: TENANT, clientId: CLIENT, clientSecret: SECRET } = DEFAULT_APP;
  const own = { TENANT, CLIENT, SECRET, HTTPS_PROXY: emulator.graphEndpoint, NODE_EXTRA_CA_CERTS: file };
  const env = { PATH: process.env["PATH"], ...own };
  const { stdout } = await promisify(execFile)(process.execPath, ["-e", PROGRAM], { cwd: __dirname, env });
  rmSync(folder, { recursive: true });
  expect(stdout).toBe("200");
  const methods = emulator.journal.entries().map(({ method, status }) => [method, status]);
  expect(methods).toEqual(
    expect.arrayContaining([
      ["POST", 200],
      ["GET", 200],
    ]),
  );
});

/** What comes back on a connection of one's own, until its end. */
function converse(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    socket.on("data", (chunk: Buffer) => (answer += chunk.toString()));
    socket.once("error", reject);
    socket.once("close", () => {
      resolve(answer);
    });
  });
}

test.each(["example.com:443", "graph.microsoft.com:80", "graph.microsoft.com.evil.example:443", "127.0.0.1:22"])(
  "CONNECT %s goes nowhere, and says so in status line and body",
  async (target) => {
    const answer = await converse(emulator.port, `CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`);
    const text = `CONNECT ${target}: the emulator is a proxy to graph.microsoft.com `;
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 403 ${text.replaceAll(".", "\\.")}`));
    const body = JSON.parse(answer.split("\r\n\r\n")[1] ?? "") as Json;
    expect(at(body, "error", "message")).toContain(text);
  },
);

test("without https a CONNECT says what is missing", async () => {
  const plain = await startEmulator();
  const answer = await converse(plain.port, "CONNECT graph.microsoft.com:443 HTTP/1.1\r\nHost: graph\r\n\r\n");
  await plain.close();
  expect(answer).toMatch(
    /^HTTP\/1\.1 501 CONNECT graph\.microsoft\.com:443: the emulator is a proxy with --https only/,
  );
  await plain.close();
});

test("close ends tunnels, idle before their handshake and after an answer", async () => {
  emulator.faults.add({ match: { path: "/beta/**" }, fault: { status: 503 } });
  const idle = connect(emulator.port, "127.0.0.1", () =>
    idle.write("CONNECT graph.microsoft.com:443 HTTP/1.1\r\nHost: graph\r\n\r\n"),
  );
  const ended = new Promise((resolve) => idle.on("error", () => undefined).once("close", resolve));
  await new Promise((resolve) => idle.once("data", resolve));
  const answer = await request("https://graph.microsoft.com/beta/deviceManagement", { dispatcher: proxy });
  expect(answer.statusCode).toBe(503);
  await answer.body.dump();
  const started = Date.now();
  await emulator.close();
  await ended;
  expect(Date.now() - started).toBeLessThan(4_000);
});
