import { createHash, X509Certificate } from "node:crypto";
import { DEFAULT_APP, type Emulator, startEmulator } from "intune-emulator";
import { type Identity, makeCertificate, signToken } from "../support/certificates";
import { at, type Json, POLICIES } from "../unit/emulator/support/graphClient";

/** The token endpoint's other client credentials, and where pipelines and machines get theirs, asked with plain HTTP. */
const { tenantId, clientId } = DEFAULT_APP;
const JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const REQUEST_TOKEN = "intune-emulator-well-known-request-token";

let own: Identity;
let issuer: Identity;
let emulator: Emulator;

beforeAll(async () => {
  own = await makeCertificate("application");
  issuer = await makeCertificate("issuer");
  const federated = { issuer: "https://issuer.example", subject: "pod", publicKey: issuer.publicKeyPem };
  const github = DEFAULT_APP.federatedCredentials ?? [];
  const app = { ...DEFAULT_APP, certificates: [own.certificatePem], federatedCredentials: [...github, federated] };
  emulator = await startEmulator({ apps: [app] });
});
afterAll(() => emulator.close());

async function exchange(assertion: string, changes: Record<string, string> = {}): Promise<[number, Json]> {
  const form = {
    grant_type: "client_credentials",
    client_id: clientId,
    scope: "https://graph.microsoft.com/.default",
    client_assertion_type: JWT_BEARER,
    client_assertion: assertion,
    ...changes,
  };
  const url = `${emulator.authority}/${tenantId}/oauth2/v2.0/token`;
  const response = await fetch(url, { method: "POST", body: new URLSearchParams(form) });
  return [response.status, (await response.json()) as Json];
}

const now = (): number => Math.floor(Date.now() / 1000);
const thumbprint = (identity: Identity): string =>
  createHash("sha256").update(new X509Certificate(identity.certificatePem).raw).digest("base64url");
const ownAssertion = (changes: Record<string, unknown> = {}, signer = own, named = own): string =>
  signToken(
    {
      iss: clientId,
      sub: clientId,
      aud: `${emulator.authority}/${tenantId}/oauth2/v2.0/token`,
      exp: now() + 600,
      ...changes,
    },
    signer,
    { "x5t#S256": thumbprint(named) },
  );
const federatedAssertion = (changes: Record<string, unknown> = {}, signer = issuer): string =>
  signToken(
    { iss: "https://issuer.example", sub: "pod", aud: "api://AzureADTokenExchange", exp: now() + 600, ...changes },
    signer,
  );

test.each<[string, () => string]>([
  ["a certificate's", () => ownAssertion()],
  ["another issuer's", () => federatedAssertion()],
  ["another issuer's with several audiences", () => federatedAssertion({ aud: ["x", "api://AzureADTokenExchange"] })],
])("%s assertion yields a token Graph takes", async (_, assertion) => {
  const [status, body] = await exchange(assertion());
  expect(status).toBe(200);
  const authorization = `Bearer ${at(body, "access_token") as string}`;
  const policies = await fetch(emulator.graphEndpoint + POLICIES, { headers: { authorization } });
  expect(policies.status).toBe(200);
});

test.each<[string, () => string, Record<string, string>, number, string, string]>([
  ["no JWT", () => "canary", {}, 401, "invalid_client", "AADSTS50027: "],
  [
    "another assertion type",
    () => ownAssertion(),
    { client_assertion_type: "x" },
    400,
    "invalid_request",
    "AADSTS900144: ",
  ],
  [
    "a certificate it does not have",
    () => ownAssertion({}, issuer, issuer),
    {},
    401,
    "invalid_client",
    "AADSTS700027: .*The key was not found",
  ],
  [
    "a signature of another key",
    () => ownAssertion({}, issuer),
    {},
    401,
    "invalid_client",
    "AADSTS700027: .*verify the signature failed",
  ],
  ["another subject", () => ownAssertion({ sub: "x" }), {}, 401, "invalid_client", "AADSTS700021: "],
  [
    "another audience",
    () => ownAssertion({ aud: "https://other.example" }),
    {},
    401,
    "invalid_client",
    "AADSTS700023: ",
  ],
  [
    "a time that is over",
    () => ownAssertion({ exp: now() - 3600 }),
    {},
    401,
    "invalid_client",
    "AADSTS700024: Client assertion is not within its valid time range",
  ],
  ["a time that has not come", () => ownAssertion({ nbf: now() + 3600 }), {}, 401, "invalid_client", "AADSTS700024: "],
  ["no end", () => federatedAssertion({ exp: undefined }), {}, 401, "invalid_client", "AADSTS700024: "],
  [
    "an unknown issuer",
    () => federatedAssertion({ iss: "https://else.example" }),
    {},
    401,
    "invalid_client",
    "AADSTS700211: .*issuer 'https://else.example'",
  ],
  [
    "an unknown subject",
    () => federatedAssertion({ sub: "Pod" }),
    {},
    401,
    "invalid_client",
    "AADSTS700213: .*subject 'Pod'",
  ],
  [
    "an audience that is not Entra's",
    () => federatedAssertion({ aud: "x" }),
    {},
    401,
    "invalid_client",
    "AADSTS700212: .*audience 'x'",
  ],
  [
    "a signature that is not the issuer's",
    () => federatedAssertion({}, own),
    {},
    401,
    "invalid_client",
    "AADSTS5001256: ",
  ],
])("%s is refused", async (_, assertion, changes, status, error, text) => {
  const sent = assertion();
  const [answered, body] = await exchange(sent, changes);
  expect([answered, at(body, "error")]).toEqual([status, error]);
  expect(at(body, "error_description")).toMatch(new RegExp(`^${text}`));
  expect(JSON.stringify(body)).not.toContain(sent);
});

test("GitHub: a token for the wished audience, another each time, that the default application may exchange", async () => {
  const ask = async (token: string): Promise<[number, Json]> => {
    const url = `${emulator.authority}/github/oidc/token?api-version=2.0&audience=api://AzureADTokenExchange`;
    const response = await fetch(url, { headers: { authorization: `bearer ${token}` } });
    return [response.status, (await response.json()) as Json];
  };
  expect((await ask("wrong"))[0]).toBe(401);
  const [, first] = await ask(REQUEST_TOKEN);
  const [status, second] = await ask(REQUEST_TOKEN);
  expect([status, at(first, "value") === at(second, "value")]).toEqual([200, false]);
  expect((await exchange(at(second, "value") as string))[0]).toBe(200);
});

test("managed identity: the header, a resource and a known identity are needed", async () => {
  const ask = async (query: string, headers: Record<string, string>): Promise<[number, Json]> => {
    const response = await fetch(`${emulator.authority}/metadata/identity/oauth2/token?${query}`, { headers });
    return [response.status, (await response.json()) as Json];
  };
  const resource = "resource=https://graph.microsoft.com";
  const metadata = { Metadata: "true" };
  expect((await ask(resource, {}))[0]).toBe(400);
  expect((await ask("", metadata))[0]).toBe(400);
  expect(at((await ask(`${resource}&client_id=${tenantId}`, metadata))[1], "error_description")).toBe(
    "Identity not found",
  );
  const [status, body] = await ask(resource, metadata);
  expect([status, at(body, "client_id"), at(body, "expires_in")]).toEqual([200, clientId, "3599"]);
  expect(Number(at(body, "expires_on"))).toBeGreaterThan(now());
});

test("no assertion and no token is in the journal", () => {
  const text = JSON.stringify(emulator.journal.entries());
  expect(emulator.journal.entries().length).toBeGreaterThan(0);
  for (const canary of ["eyJ", REQUEST_TOKEN, "client_assertion"]) expect(text).not.toContain(canary);
});
