import { writeFileSync } from "node:fs";
import { DEFAULT_APP, type EmulatorApp } from "intune-emulator";
import { type Identity, makeCertificate, signToken } from "../support/certificates";
import { closeServers, startServer } from "../support/loopback";
import { closeSignIns, createRow, failureOf, signInRequests, startSignIn, writeText } from "../support/signIn";
import { closeTenants, startTenant, type Tenant } from "../support/tenant";

/** Workload identity federation: a pipeline's or a pod's token is shown in place of a secret. */
const ISSUER = "https://issuer.fixtures.example";
const SUBJECT = "system:serviceaccount:fixtures:runner";
/** The runner's request token of the emulator's GitHub endpoint (docs/emulator.md). */
const REQUEST_TOKEN = "intune-emulator-well-known-request-token";

let issuer: Identity;
let tenant: Tenant;

beforeAll(async () => {
  issuer = await makeCertificate("issuer");
});
beforeEach(async () => {
  const { federatedCredentials = [], ...app } = DEFAULT_APP;
  const ours = { issuer: ISSUER, subject: SUBJECT, publicKey: issuer.publicKeyPem };
  const federated: EmulatorApp = { ...app, federatedCredentials: [...federatedCredentials, ours] };
  tenant = await startTenant({ apps: [federated] });
});
afterAll(async () => {
  await closeSignIns();
  await closeServers();
  await closeTenants();
});

let tokens = 0;
function token(changes: Record<string, unknown> = {}): string {
  const iat = Math.floor(Date.now() / 1000);
  const claims = { iss: ISSUER, sub: SUBJECT, aud: "api://AzureADTokenExchange", iat, nbf: iat, exp: iat + 600 };
  return signToken({ ...claims, jti: String(++tokens), ...changes }, issuer);
}
const refuseOnce = (): void => {
  tenant.emulator.faults.add({ match: { method: "POST", path: "/beta/**" }, fault: { status: 401 } });
};

test.each<[string, () => Record<string, string>, () => Record<string, string>]>([
  ["a given token", () => ({ useOidc: "true", oidcToken: token() }), () => ({})],
  ["a given token of the environment", () => ({}), () => ({ ARM_USE_OIDC: "true", ARM_OIDC_TOKEN: token() })],
  ["a token file", () => ({ useOidc: "true", oidcTokenFilePath: writeText("token", token()) }), () => ({})],
  [
    "AKS workload identity",
    () => ({ useAksWorkloadIdentity: "true", tenantId: "", clientId: "" }),
    () => ({
      AZURE_TENANT_ID: DEFAULT_APP.tenantId,
      AZURE_CLIENT_ID: DEFAULT_APP.clientId,
      AZURE_FEDERATED_TOKEN_FILE: writeText("token", token()),
    }),
  ],
])("%s makes a row", async (_, config, env) => {
  const provider = await startSignIn(tenant, config(), env());
  await createRow(provider, tenant);
  expect(tenant.rows()).toHaveLength(1);
  expect(signInRequests(tenant)).toEqual(["POST token"]);
});

test("a token file is read for each token: what was rotated in counts", async () => {
  const file = writeText("token", token());
  const provider = await startSignIn(tenant, { useOidc: "true", oidcTokenFilePath: file });
  await createRow(provider, tenant);
  writeFileSync(file, token({ sub: "somebody:else" }));
  refuseOnce();
  expect(await failureOf(createRow(provider, tenant))).toBe(
    "cannot sign in to Microsoft Entra: no federated credential of the application matches the pipeline's token (AADSTS700213); compare issuer, subject (case counts) and audience (api://AzureADTokenExchange) with those under Certificates & secrets of the app registration",
  );
  writeFileSync(file, token());
  await createRow(provider, tenant);
  expect(tenant.rows()).toHaveLength(2);
});

test("GitHub Actions: a fresh assertion is fetched for each token", async () => {
  const provider = await startSignIn(
    tenant,
    {},
    {
      ARM_USE_OIDC: "true",
      ACTIONS_ID_TOKEN_REQUEST_URL: `${tenant.emulator.authority}/github/oidc/token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: REQUEST_TOKEN,
    },
  );
  await createRow(provider, tenant);
  refuseOnce();
  await createRow(provider, tenant);
  expect(tenant.rows()).toHaveLength(2);
  const requests = signInRequests(tenant);
  expect(requests.filter((one) => one === "POST token")).toHaveLength(2);
  const second = requests.slice(requests.indexOf("POST token") + 1);
  expect([requests[0], second[0]]).toEqual(["GET github", "GET github"]);
});

test("GitHub Actions: the audience is Entra's, and each assertion is asked for anew", async () => {
  const endpoint = await startServer(() => ({ status: 200, body: { count: 1, value: token() } }));
  const provider = await startSignIn(tenant, {
    useOidc: "true",
    oidcRequestUrl: `${endpoint.origin}/token?api-version=2.0`,
    oidcRequestToken: "canary-request-token",
  });
  await createRow(provider, tenant);
  const [first] = endpoint.received;
  expect(first?.url).toBe("/token?api-version=2.0&audience=api%3A%2F%2FAzureADTokenExchange");
  expect(first?.headers.authorization).toBe("Bearer canary-request-token");
  const before = endpoint.received.length;
  refuseOnce();
  await createRow(provider, tenant);
  expect(endpoint.received.length).toBeGreaterThan(before);
});

test("GitHub Actions: a refused request token says what the job lacks", async () => {
  const provider = await startSignIn(tenant, {
    useOidc: "true",
    oidcRequestUrl: `${tenant.emulator.authority}/github/oidc/token`,
    oidcRequestToken: "canary-request-token",
  });
  const failure = await failureOf(createRow(provider, tenant));
  expect(failure).toBe(
    "cannot sign in to Microsoft Entra: GitHub Actions gave no token (its endpoint answered 401); give the job `permissions: id-token: write`; outside GitHub Actions set intune:oidcToken or intune:oidcTokenFilePath",
  );
});

test("GitHub Actions without the permission has neither variable: told before anything is sent", async () => {
  const provider = await startSignIn(tenant, {}, { ARM_USE_OIDC: "true" });
  expect(await failureOf(createRow(provider, tenant))).toBe(
    "pulumi-intune is not configured: ARM_USE_OIDC is true but there is no token to show: in GitHub Actions give the job `permissions: id-token: write`; in Azure Pipelines set intune:adoPipelineServiceConnectionId; elsewhere set intune:oidcToken or intune:oidcTokenFilePath",
  );
});

const pipelineVariables = (origin: string): Record<string, string> => ({
  ARM_USE_OIDC: "true",
  ARM_ADO_PIPELINE_SERVICE_CONNECTION_ID: "33333333-3333-4333-8333-333333333333",
  SYSTEM_OIDCREQUESTURI: `${origin}/oidctoken`,
  SYSTEM_ACCESSTOKEN: "canary-system-token",
});

test("Azure Pipelines: the service connection's token makes a row", async () => {
  const endpoint = await startServer(() => ({ status: 200, body: { oidcToken: token() } }));
  const provider = await startSignIn(tenant, {}, pipelineVariables(endpoint.origin));
  await createRow(provider, tenant);
  expect(tenant.rows()).toHaveLength(1);
  const [first] = endpoint.received;
  expect([first?.method, first?.url]).toEqual([
    "POST",
    "/oidctoken?api-version=7.1&serviceConnectionId=33333333-3333-4333-8333-333333333333",
  ]);
  expect(first?.headers).toMatchObject({
    authorization: "Bearer canary-system-token",
    "x-tfs-fedauthredirect": "Suppress",
  });
});

test("Azure Pipelines: a refusal names what to check, and no token", async () => {
  const endpoint = await startServer(() => ({ status: 401, body: { message: "canary-answer" } }));
  const provider = await startSignIn(tenant, {}, { ...pipelineVariables(endpoint.origin), PULUMI_INTUNE_LOG: "trace" });
  const failure = await failureOf(createRow(provider, tenant));
  expect(failure).toBe(
    `cannot sign in to Microsoft Entra: ${endpoint.origin} answered 401; check intune:oidcRequestToken (Azure Pipelines: $(System.AccessToken)) and intune:adoPipelineServiceConnectionId`,
  );
  expect(failure + provider.stderr()).not.toContain("canary");
});
