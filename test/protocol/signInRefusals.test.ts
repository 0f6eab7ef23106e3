import { DEFAULT_APP, type EmulatorApp } from "intune-emulator";
import { type Identity, makeCertificate, signToken } from "../support/certificates";
import { closeServers, startProxy, startServer, startTlsRelay } from "../support/loopback";
import type { ProviderProcess } from "../support/providerProcess";
import { closeSignIns, createRow, failureOf, signInRequests, startSignIn, writeText } from "../support/signIn";
import { closeTenants, startTenant, type Tenant } from "../support/tenant";

/** What stops a sign-in, each told in one line of its own; what is secret is in no line and no log. */
const CANARY = "canary-secret-value";
const TRACE = { PULUMI_INTUNE_LOG: "trace" };

let authority: Identity;
let issuer: Identity;
let tenant: Tenant;

beforeAll(async () => {
  authority = await makeCertificate("fixtures authority", { isAuthority: true });
  issuer = await makeCertificate("issuer");
});
beforeEach(async () => {
  tenant = await startTenant();
});
afterAll(async () => {
  await closeSignIns();
  await closeServers();
  await closeTenants();
});

async function refusal(
  config: Record<string, string>,
  of = tenant,
): Promise<{ line: string; provider: ProviderProcess }> {
  const provider = await startSignIn(of, config, TRACE);
  const line = await failureOf(createRow(provider, of));
  expect(of.requests()).toEqual([]);
  for (const kept of [CANARY, "Bearer", "eyJ"]) expect(line + provider.stderr()).not.toContain(kept);
  return { line: line.replace(/^cannot sign in to Microsoft Entra: /, ""), provider };
}

const GUID = "77777777-7777-4777-8777-777777777777";

test.each<[string, Record<string, string>, string]>([
  [
    "a wrong secret",
    { clientSecret: CANARY },
    "the client secret is wrong (AADSTS7000215); set intune:clientSecret to the secret's value, not its id (pulumi config set --secret intune:clientSecret)",
  ],
  [
    "an unknown application",
    { clientSecret: CANARY, clientId: GUID },
    "the tenant has no such application (AADSTS700016); check intune:clientId and intune:tenantId",
  ],
  [
    "an unknown tenant",
    { clientSecret: CANARY, tenantId: GUID },
    "there is no such tenant (AADSTS90002); check intune:tenantId, and intune:environment if the tenant lies in another cloud",
  ],
  [
    "an authority where nothing listens",
    { clientSecret: CANARY, authorityHost: "http://127.0.0.1:9" },
    "http://127.0.0.1:9 cannot be reached (ECONNREFUSED); check intune:authorityHost, the network and the proxy settings",
  ],
])("%s", async (_, config, line) => {
  expect((await refusal(config)).line).toBe(line);
});

test("an authority whose name leads nowhere", async () => {
  const { line } = await refusal({ clientSecret: CANARY, authorityHost: "https://authority.invalid" });
  // Which of the two depends on the machine's name service.
  expect(line).toMatch(
    /^https:\/\/authority\.invalid cannot be reached \((ENOTFOUND|EAI_AGAIN)\); check intune:authorityHost, the network/,
  );
});

test("an expired secret", async () => {
  const app: EmulatorApp = { ...DEFAULT_APP, clientSecret: CANARY, clientSecretEndDateTime: "2026-01-02T03:04:05Z" };
  const expired = await startTenant({ apps: [DEFAULT_APP, { ...app, clientId: GUID }] });
  expect((await refusal({ clientId: GUID, clientSecret: CANARY }, expired)).line).toBe(
    "the client secret has expired (AADSTS7000222); make a new one in the app registration and set intune:clientSecret to its value (pulumi config set --secret intune:clientSecret)",
  );
});

test("an expired assertion", async () => {
  const claims = { iss: "https://issuer.fixtures.example", sub: "fixtures", aud: "api://AzureADTokenExchange" };
  const federated = { issuer: claims.iss, subject: claims.sub, publicKey: issuer.publicKeyPem };
  const of = await startTenant({ apps: [{ ...DEFAULT_APP, federatedCredentials: [federated] }] });
  const oidcToken = signToken({ ...claims, iat: 1_767_323_045, nbf: 1_767_323_045, exp: 1_767_323_645 }, issuer);
  const { line, provider } = await refusal({ useOidc: "true", oidcToken }, of);
  expect(line).toBe(
    "the token or certificate shown for the application is outside its time (expired, or the clock of this machine is wrong) (AADSTS700024); let the provider ask for a fresh token (intune:useOidc in GitHub Actions or Azure Pipelines), or name a file that is kept fresh in intune:oidcTokenFilePath",
  );
  expect(line + provider.stderr()).not.toContain(oidcToken);
});

test("an assertion that somebody else has signed", async () => {
  const claims = { iss: "https://issuer.fixtures.example", sub: "fixtures", aud: "api://AzureADTokenExchange" };
  const federated = { issuer: claims.iss, subject: claims.sub, publicKey: authority.publicKeyPem };
  const of = await startTenant({ apps: [{ ...DEFAULT_APP, federatedCredentials: [federated] }] });
  const oidcToken = signToken({ ...claims, exp: Math.floor(Date.now() / 1000) + 600 }, issuer);
  expect((await refusal({ useOidc: "true", oidcToken }, of)).line).toMatch(
    /^AADSTS5001256: Failed to complete authentication .*; see https:\/\/login\.microsoftonline\.com\/error\?code=5001256$/,
  );
});

test("an authority that is busy: asked a few times, then told by its status", async () => {
  tenant.emulator.faults.add({ match: { path: "/**/oauth2/**" }, times: 99, fault: { status: 503, body: {} } });
  const { line } = await refusal({ clientSecret: CANARY });
  expect(line).toBe(`${tenant.emulator.authority} answered 503; come back later, or check intune:authorityHost`);
  expect(signInRequests(tenant)).toHaveLength(4);
});

test("an authority that does not answer is given up when the time for one answer is over", async () => {
  tenant.emulator.faults.add({ match: { path: "/**/oauth2/**" }, times: 99, fault: { delayMs: 600_000 } });
  const { line } = await refusal({ clientSecret: CANARY, requestTimeoutSeconds: "2" });
  expect(line).toBe(
    "no token within 2.0 s; check intune:authorityHost and the network, or raise intune:requestTimeoutSeconds",
  );
});

test("a redirect is not followed: the secret goes to the authority alone", async () => {
  const elsewhere = await startServer(() => ({ status: 200, body: {} }));
  const redirecting = await startServer(({ url }) => ({ status: 307, headers: { location: elsewhere.origin + url } }));
  const { line } = await refusal({ clientSecret: CANARY, authorityHost: redirecting.origin });
  expect(line).toBe(`${redirecting.origin} answered 307; come back later, or check intune:authorityHost`);
  expect(redirecting.received.length).toBeGreaterThan(0);
  expect(elsewhere.received).toEqual([]);
});

describe("over TLS with a certificate authority of one's own", () => {
  const relay = async (host = "127.0.0.1", notAfter?: Date): Promise<string> => {
    const options = { issuer: authority, host, ...(notAfter === undefined ? {} : { notAfter }) };
    const { origin } = await startTlsRelay(tenant.emulator.authority, await makeCertificate("relay", options));
    return origin;
  };
  const secret = { clientSecret: DEFAULT_APP.clientSecret };
  const caCertificatePath = (): string => writeText("ca.pem", authority.certificatePem);

  test("not trusted: told apart from unreachable", async () => {
    const authorityHost = await relay();
    expect((await refusal({ ...secret, authorityHost })).line).toBe(
      `the certificate of ${authorityHost} is not trusted (UNABLE_TO_VERIFY_LEAF_SIGNATURE); name its certificate authority's PEM file in intune:caCertificatePath`,
    );
  });

  test("trusted by intune:caCertificatePath: the authority and Graph both work", async () => {
    const origin = await relay();
    const addresses = { authorityHost: origin, graphEndpoint: origin, caCertificatePath: caCertificatePath() };
    await createRow(await startSignIn(tenant, { ...secret, ...addresses }), tenant);
    expect(tenant.rows()).toHaveLength(1);
  });

  test("trusted by NODE_EXTRA_CA_CERTS as well, beside an authority of intune:caCertificatePath", async () => {
    const origin = await relay();
    const other = writeText("other.pem", (await makeCertificate("other", { isAuthority: true })).certificatePem);
    const config = { ...secret, authorityHost: origin, graphEndpoint: origin, caCertificatePath: other };
    const provider = await startSignIn(tenant, config, { NODE_EXTRA_CA_CERTS: caCertificatePath() });
    await createRow(provider, tenant);
    expect(tenant.rows()).toHaveLength(1);
  });

  test("through a proxy as well, and a loopback authority on plain http past it", async () => {
    // By name: https-proxy-agent checks the certificate of an address against "localhost".
    const origin = (await relay("localhost")).replace("127.0.0.1", "localhost");
    const proxy = await startProxy();
    const env = { HTTPS_PROXY: proxy.origin, https_proxy: proxy.origin, NO_PROXY: "", no_proxy: "" };
    const own = { ...secret, authorityHost: origin, caCertificatePath: caCertificatePath() };
    await createRow(await startSignIn(tenant, own, env), tenant);
    expect(proxy.received.map(({ method, url }) => `${method} https://${url}`)).toContain(`CONNECT ${origin}`);
    const tunnels = proxy.received.length;
    await createRow(await startSignIn(tenant, secret, env), tenant);
    expect(proxy.received).toHaveLength(tunnels);
    expect(tenant.rows()).toHaveLength(2);
  });

  test("authority and Graph of a name that only the proxy can reach", async () => {
    const origin = (await relay("graph.example.test")).replace("127.0.0.1", "graph.example.test");
    const proxy = await startProxy();
    const env = { HTTPS_PROXY: proxy.origin, NO_PROXY: "" };
    const addresses = { authorityHost: origin, graphEndpoint: origin, caCertificatePath: caCertificatePath() };
    await createRow(await startSignIn(tenant, { ...secret, ...addresses }, env), tenant);
    expect(tenant.rows()).toHaveLength(1);
    const tunnel = `CONNECT ${new URL(origin).host}`;
    const tunnels = proxy.received.map(({ method, url }) => `${method} ${url}`);
    expect([new Set(tunnels), tunnels.length >= 2]).toEqual([new Set([tunnel]), true]);
  });

  test("Graph's certificate alone not trusted: Graph's own line", async () => {
    const origin = await relay();
    const provider = await startSignIn(tenant, { ...secret, graphEndpoint: origin });
    expect(await failureOf(createRow(provider, tenant))).toMatch(
      /no answer from Graph: the certificate of https:\/\/127\.0\.0\.1:\d+ is not accepted \(UNABLE_TO_VERIFY_LEAF_SIGNATURE\); name its certificate authority's PEM file in intune:caCertificatePath/,
    );
  });

  test("for another host", async () => {
    const authorityHost = await relay("127.0.0.2");
    expect((await refusal({ ...secret, authorityHost, caCertificatePath: caCertificatePath() })).line).toBe(
      `the certificate of ${authorityHost} is for another host (ERR_TLS_CERT_ALTNAME_INVALID); check intune:authorityHost`,
    );
  });

  test("expired", async () => {
    const authorityHost = await relay("127.0.0.1", new Date(Date.now() - 3_600_000));
    expect((await refusal({ ...secret, authorityHost, caCertificatePath: caCertificatePath() })).line).toBe(
      `the certificate of ${authorityHost} is outside its time (CERT_HAS_EXPIRED); renew it, or set this machine's clock`,
    );
  });

  test.each([
    ["/nowhere/ca.pem", "intune:caCertificatePath names a file that cannot be read (ENOENT)"],
    [__filename, "intune:caCertificatePath names a file without a PEM certificate"],
  ])("a file that will not do", async (file, fault) => {
    expect((await refusal({ ...secret, caCertificatePath: file })).line).toBe(
      `pulumi-intune is not configured: ${fault}`,
    );
  });
});
