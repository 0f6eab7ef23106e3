import { DEFAULT_APP, startEmulator } from "intune-emulator";
import type { Emulator } from "intune-emulator";
import { request } from "undici";
import { killAll, startProcess } from "../unit/emulator/support/emulatorProcess";
import { at, createPolicy, GraphClient, POLICIES, requestToken } from "../unit/emulator/support/graphClient";
import type { Json } from "../unit/emulator/support/graphClient";

/** Who may reach what: hosts, tenants, audiences. */
const emulators: Emulator[] = [];

afterEach(async () => {
  await killAll();
  await Promise.all(emulators.splice(0).map((emulator) => emulator.close()));
});

async function start(options: Parameters<typeof startEmulator>[0] = {}): Promise<Emulator> {
  const emulator = await startEmulator(options);
  emulators.push(emulator);
  return emulator;
}

async function requestsAs(emulator: Emulator, host: string, path = "/_emulator/requests"): Promise<number> {
  const { statusCode, body } = await request(`${emulator.graphEndpoint}${path}`, { headers: { host } });
  await body.dump();
  return statusCode;
}

test.each(["localhost", "127.0.0.1", "[::1]", "LOCALHOST:1", "127.0.0.1:80", "[::1]:80", "emulator.localhost"])(
  "the emulator's own paths are served to the host %s",
  async (host) => {
    expect(await requestsAs(await start(), host)).toBe(200);
  },
);

test.each(["evil.example", "localhost.evil.example:80", "127.0.0.1.evil.example", "graph.microsoft.com", ":80"])(
  "the emulator's own paths are not served to the host %s, which may be rebound",
  async (host) => {
    const emulator = await start();
    expect(await requestsAs(emulator, host)).toBe(403);
    expect(await requestsAs(emulator, host, "/%5femulator/requests")).toBe(403);
    expect(await requestsAs(emulator, host, "/healthz")).toBe(200);
  },
);

test("--host with --allow-remote-connections listens on all addresses, serves every name, and warns on stderr", async () => {
  const { graphEndpoint, child, ended } = await startProcess("--host", "0.0.0.0", "--allow-remote-connections");
  expect(graphEndpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const elsewhere = graphEndpoint.replace("127.0.0.1", "127.0.0.2");
  const { statusCode, body } = await request(`${elsewhere}/_emulator/requests`, { headers: { host: "emulator:8787" } });
  await body.dump();
  expect(statusCode).toBe(200);
  child.kill("SIGTERM");
  expect(await ended).toMatchObject({
    code: 0,
    stderr: "intune-emulator: everybody who reaches this machine can read and change everything\n",
  });
});

test("a token of one tenant sees nothing of another, and is refused where its tenant has no application", async () => {
  const other = { ...DEFAULT_APP, tenantId: "e0000000-0000-4000-8000-00000000000b" };
  const emulator = await start({ apps: [DEFAULT_APP, other] });
  const ours = await GraphClient.of(emulator);
  const theirs = await GraphClient.of({ ...emulator, app: other });
  const id = await createPolicy(ours);
  expect((await ours.call("GET", `${POLICIES}/${id}`)).status).toBe(200);
  expect((await theirs.call("GET", `${POLICIES}/${id}`)).status).toBe(404);
  expect((await theirs.call("DELETE", `${POLICIES}/${id}`)).status).toBe(404);
  expect((await theirs.call("GET", POLICIES)).body).toMatchObject({ "@odata.count": 0 });
  expect((await ours.call("GET", POLICIES)).body).toMatchObject({ "@odata.count": 1 });
  const claims = JSON.parse(Buffer.from(theirs.token.split(".")[1] ?? "", "base64url").toString()) as Json;
  expect(at(claims, "tid")).toBe(other.tenantId);
  await ours.close();
  await theirs.close();
});

test.each([
  ["00000003-0000-0000-c000-000000000000/.default", 200],
  ["https://graph.microsoft.com//.default", 200],
  ["https://graph.microsoft.com.evil.example/.default", 401],
  ["http://graph.microsoft.com/.default", 401],
  ["00000002-0000-0000-c000-000000000000/.default", 401],
])("a token for %s answers %i", async (scope, status) => {
  const emulator = await start();
  const token = await requestToken(emulator, { scope });
  const { statusCode, body } = await request(`${emulator.graphEndpoint}${POLICIES}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  await body.dump();
  expect(statusCode).toBe(status);
});

test.each([
  ["as it is", DEFAULT_APP.clientSecret, encodeURIComponent, 200, undefined],
  ["with every sign a form encodes", "a+b c&d=e:f%ü", encodeURIComponent, 200, undefined],
  ["wrong", DEFAULT_APP.clientSecret, () => "wrong", 401, 7000215],
])("Authorization: Basic, secret %s: %s", async (_, clientSecret, sent, status, code) => {
  const emulator = await start({ apps: [{ ...DEFAULT_APP, clientSecret }] });
  const basic = Buffer.from(`${DEFAULT_APP.clientId}:${sent(clientSecret)}`).toString("base64");
  const { statusCode, body } = await request(`${emulator.authority}/${DEFAULT_APP.tenantId}/oauth2/v2.0/token`, {
    method: "POST",
    headers: { authorization: `Basic ${basic}`, "content-type": "application/x-www-form-urlencoded" },
    body: "grant_type=client_credentials&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default",
  });
  expect([statusCode, at((await body.json()) as Json, "error_codes", 0)]).toEqual([status, code]);
});

test("the discovery document that instance discovery names is there, and its issuer holds the tenant's place", async () => {
  const { authority } = await start();
  const instance = await request(`${authority}/common/discovery/instance?api-version=1.1`);
  const named = at((await instance.body.json()) as Json, "tenant_discovery_endpoint") as string;
  const discovery = await request(named.replace("https:", "http:"));
  expect([discovery.statusCode, at((await discovery.body.json()) as Json, "issuer")]).toEqual([
    200,
    `${authority.replace("http:", "https:")}/{tenantid}/v2.0`,
  ]);
});
