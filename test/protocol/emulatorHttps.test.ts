import { X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClientCertificateCredential, ClientSecretCredential } from "@azure/identity";
import { DEFAULT_APP, startEmulator } from "intune-emulator";
import type { Emulator, HttpsEndpoint } from "intune-emulator";
import { Agent, request } from "undici";
import { type Identity, makeCertificate } from "../support/certificates";
import { killAll, run, startProcess } from "../unit/emulator/support/emulatorProcess";
import { at, createPolicy, GraphClient, POLICIES, requestToken } from "../unit/emulator/support/graphClient";
import type { Json } from "../unit/emulator/support/graphClient";

const GRAPH_SCOPE = "https://graph.microsoft.com/.default";
let emulator: Emulator;
let https: HttpsEndpoint;
const agents: Agent[] = [];

beforeEach(async () => {
  emulator = await startEmulator({ https: true, httpsHosts: ["emulator.fixtures.example"] });
  if (emulator.https === undefined) throw new Error("no https endpoint");
  https = emulator.https;
});
afterEach(async () => {
  await Promise.all(agents.splice(0).map((agent) => agent.destroy()));
  await killAll();
  await emulator.close();
});

function trusting(ca: string | undefined, servername?: string): Agent {
  const agent = new Agent({ connect: { ca: ca ?? [], ...(servername === undefined ? {} : { servername }) } });
  agents.push(agent);
  return agent;
}

async function get(url: string, dispatcher: Agent, token = ""): Promise<{ status: number; body: Json }> {
  const { statusCode, body } = await request(url, { dispatcher, headers: { authorization: `Bearer ${token}` } });
  return { status: statusCode, body: (await body.json()) as Json };
}

const codeOf = (attempt: Promise<unknown>): Promise<unknown> =>
  attempt.then(
    () => "trusted",
    (error: unknown) => (error as { code?: unknown }).code,
  );

test("both ports are one emulator, and each spells its own address", async () => {
  const client = await GraphClient.of(emulator);
  await createPolicy(client);
  await createPolicy(client);
  await client.close();
  const token = await requestToken(emulator, { scope: GRAPH_SCOPE });
  const { status, body } = await get(
    `${https.graphEndpoint}${POLICIES}?$top=1`,
    trusting(https.caCertificatePem),
    token,
  );
  expect([status, at(body, "@odata.count")]).toEqual([200, 2]);
  const next = at(body, "@odata.nextLink") as string;
  expect(next).toMatch(new RegExp(`^${https.graphEndpoint}${POLICIES}\\?`));
  expect(https.graphEndpoint).toBe(`https://127.0.0.1:${https.port}`);
  expect(https.port).not.toBe(emulator.port);
});

test("the authority over https gives a token for the https origin, which the plain port does not take", async () => {
  const dispatcher = trusting(https.caCertificatePem);
  const { tenantId, clientId, clientSecret } = DEFAULT_APP;
  const discovery = await get(`${https.authority}/${tenantId}/v2.0/.well-known/openid-configuration`, dispatcher);
  expect(at(discovery.body, "issuer")).toBe(`${https.authority}/${tenantId}/v2.0`);
  const form = { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret };
  const answer = await request(at(discovery.body, "token_endpoint") as string, {
    method: "POST",
    dispatcher,
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ ...form, scope: `${https.graphEndpoint}/.default` }).toString(),
  });
  const token = at((await answer.body.json()) as Json, "access_token") as string;
  expect((await get(`${https.graphEndpoint}${POLICIES}`, dispatcher, token)).status).toBe(200);
  expect((await get(`${emulator.graphEndpoint}${POLICIES}`, dispatcher, token)).status).toBe(401);
});

test("ClientSecretCredential signs in with no transport of one's own, and not without the authority", async () => {
  const { tenantId, clientId, clientSecret } = DEFAULT_APP;
  const there = { authorityHost: https.authority, disableInstanceDiscovery: true, retryOptions: { maxRetries: 0 } };
  const trustful = { ...there, tlsOptions: { ca: https.caCertificatePem } };
  const { token } = await new ClientSecretCredential(tenantId, clientId, clientSecret, trustful).getToken(GRAPH_SCOPE);
  const dispatcher = trusting(https.caCertificatePem);
  expect((await get(`${https.graphEndpoint}${POLICIES}`, dispatcher, token)).status).toBe(200);
  emulator.journal.clear();
  const distrusting = new ClientSecretCredential(tenantId, clientId, clientSecret, there);
  await expect(distrusting.getToken(GRAPH_SCOPE)).rejects.toThrow();
  expect(emulator.journal.entries()).toEqual([]);
});

test("ClientCertificateCredential signs in over https, with a certificate the application has and with no other", async () => {
  const [known, unknown] = [await makeCertificate("known"), await makeCertificate("unknown")];
  const app = { ...DEFAULT_APP, certificates: [known.certificatePem] };
  const tenant = await startEmulator({ https: true, apps: [app] });
  const signIn = ({ certificatePem, privateKeyPem }: Identity): Promise<unknown> =>
    new ClientCertificateCredential(
      app.tenantId,
      app.clientId,
      { certificate: privateKeyPem + certificatePem },
      {
        authorityHost: tenant.https?.authority ?? "",
        disableInstanceDiscovery: true,
        tlsOptions: { ca: tenant.https?.caCertificatePem ?? "" },
      },
    ).getToken(GRAPH_SCOPE);
  const outcomes = await Promise.allSettled([signIn(known), signIn(unknown)]);
  await tenant.close();
  expect(outcomes[0]).toMatchObject({ status: "fulfilled", value: { tokenType: "Bearer" } });
  expect(outcomes[1]).toMatchObject({ status: "rejected" });
  expect(String((outcomes[1] as PromiseRejectedResult).reason)).toContain("AADSTS700027");
});

test.each([
  "localhost",
  "emulator.fixtures.example",
  "graph.microsoft.com",
  "graph.microsoft.us",
  "dod-graph.microsoft.us",
  "microsoftgraph.chinacloudapi.cn",
  "login.microsoftonline.com",
  "login.microsoftonline.us",
  "login.partner.microsoftonline.cn",
])("the certificate is good for %s", async (name) => {
  expect(await get(`${https.graphEndpoint}/healthz`, trusting(https.caCertificatePem, name))).toMatchObject({
    status: 200,
  });
});

test("who does not trust this start's authority, or asks for another name, is not connected", async () => {
  const url = `${https.graphEndpoint}/healthz`;
  const unknown = "UNABLE_TO_VERIFY_LEAF_SIGNATURE";
  expect(await codeOf(get(url, trusting(undefined)))).toBe(unknown);
  const another = await startEmulator({ https: true });
  await another.close();
  expect(await codeOf(get(url, trusting(another.https?.caCertificatePem)))).toBe(unknown);
  const wrongName = trusting(https.caCertificatePem, "graph.example.com");
  expect(await codeOf(get(url, wrongName))).toBe("ERR_TLS_CERT_ALTNAME_INVALID");
});

test("the authority is one, may sign nothing below another, and ends within 398 days", () => {
  const authority = new X509Certificate(https.caCertificatePem);
  expect(authority.ca).toBe(true);
  expect(authority.verify(authority.publicKey)).toBe(true);
  const days = (Date.parse(authority.validTo) - Date.now()) / 86_400_000;
  expect(days).toBeGreaterThan(396);
  expect(days).toBeLessThanOrEqual(397);
});

test("close ends a connection that never finishes its handshake", async () => {
  const silent = connect(https.port, "127.0.0.1");
  await new Promise((resolve) => silent.once("connect", resolve));
  const closed = new Promise((resolve) => silent.once("close", resolve));
  silent.on("error", () => undefined);
  const started = Date.now();
  await emulator.close();
  await closed;
  expect(Date.now() - started).toBeLessThan(4_000);
});

test("the command: the ready line names the https address, and the file holds what curl and Node are to trust", async () => {
  const folder = mkdtempSync(join(tmpdir(), "intune-emulator-"));
  const caCertificatePath = join(folder, "ca.pem");
  const { readyLine, child, ended } = await startProcess("--https", "--ca-certificate", caCertificatePath);
  const pem = readFileSync(caCertificatePath, "utf8");
  expect(readyLine).toMatchObject({
    httpsGraphEndpoint: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/) as string,
    httpsAuthority: readyLine["httpsGraphEndpoint"],
    caCertificatePath,
    caCertificatePem: pem,
  });
  expect((await get(`${String(readyLine["httpsGraphEndpoint"])}/healthz`, trusting(pem))).status).toBe(200);
  child.kill("SIGTERM");
  expect(await ended).toMatchObject({ code: 0, stderr: "" });
  rmSync(folder, { recursive: true });
});

test("a taken https port, or a certificate file that cannot be: exit 1, one line", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  const taken = await run("--https", "--https-port", String(port)).ended;
  expect([taken.code, taken.stdout, taken.stderr]).toEqual([
    1,
    "",
    `intune-emulator: port ${port} on 127.0.0.1 is taken: stop what uses it, or choose another with --https-port (0: any free one)\n`,
  ]);
  await new Promise((resolve) => server.close(resolve));
  const unwritable = await run("--https", "--ca-certificate", join(tmpdir(), "missing-folder", "ca.pem")).ended;
  expect([unwritable.code, unwritable.stdout]).toEqual([1, ""]);
  expect(unwritable.stderr).toMatch(
    /^intune-emulator: the CA certificate cannot be written to .*missing-folder.ca\.pem \(ENOENT.*\): choose another file with --ca-certificate\n$/,
  );
});
