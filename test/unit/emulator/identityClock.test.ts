import { X509Certificate } from "node:crypto";
import { Clock } from "../../../emulator/src/world/clock";
import { AccessTokens } from "../../../emulator/src/identity/accessTokens";
import { GITHUB_REQUEST_TOKEN } from "../../../emulator/src/identity/gitHub";
import { answerManagedIdentity } from "../../../emulator/src/identity/managedIdentity";
import { PipelineIssuer } from "../../../emulator/src/identity/pipelineIssuer";
import { answerTokenRequest } from "../../../emulator/src/identity/tokenEndpoint";
import type { Answer, EmulatorRequest } from "../../../emulator/src/http/exchange";
import { DEFAULT_APP } from "../../../emulator/src/registeredApps";
import type { EmulatorApp } from "../../../emulator/src/registeredApps";
import { type Identity, makeCertificate, signToken } from "../../support/certificates";
import { at } from "./support/graphClient";
import type { Json } from "./support/graphClient";

const ORIGIN = "http://127.0.0.1:1";
const TOKEN_URL = `${ORIGIN}/${DEFAULT_APP.tenantId}/oauth2/v2.0/token`;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let clock: Clock;
let tokens: AccessTokens;
let pipelines: PipelineIssuer;
let certificate: Identity;

beforeAll(async () => {
  certificate = await makeCertificate("client", { notAfter: new Date(Date.now() + 30 * DAY_MS) });
});
beforeEach(() => {
  clock = new Clock();
  tokens = new AccessTokens(clock, 3599);
  pipelines = new PipelineIssuer(clock);
});

function requestOf(
  form: Record<string, string>,
  headers: EmulatorRequest["headers"] = {},
  query = "",
): EmulatorRequest {
  const body = Buffer.from(new URLSearchParams(form).toString());
  const ids = { requestId: "r", clientRequestId: "c" };
  return { method: "POST", path: "/", query, headers, body, origin: ORIGIN, ...ids };
}

function signIn(app: EmulatorApp, credential: Record<string, string>): Answer {
  const form = {
    grant_type: "client_credentials",
    client_id: app.clientId,
    scope: "https://graph.microsoft.com/.default",
  };
  return answerTokenRequest(requestOf({ ...form, ...credential }), app.tenantId, { apps: [app], tokens, pipelines });
}

const read = ({ body }: Answer, ...path: (string | number)[]): Json => at(body as Json, ...path);
const secret = { client_secret: DEFAULT_APP.clientSecret };
const assertion = (jwt: string): Record<string, string> => ({
  client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
  client_assertion: jwt,
});

/** As MSAL dates it: by the machine's clock, good for ten minutes. */
function certificateAssertion(): string {
  const iat = Math.floor(Date.now() / 1000);
  const claims = { iss: DEFAULT_APP.clientId, sub: DEFAULT_APP.clientId, aud: TOKEN_URL, nbf: iat, exp: iat + 600 };
  return signToken(claims, certificate, { "x5t#S256": thumbprint(certificate.certificatePem) });
}

function thumbprint(pem: string): string {
  return Buffer.from(new X509Certificate(pem).fingerprint256.replaceAll(":", ""), "hex").toString("base64url");
}

test("an access token ends when the clock is moved to its end, and not a second before", () => {
  const token = read(signIn(DEFAULT_APP, secret), "access_token") as string;
  expect(tokens.verify(`Bearer ${token}`, ORIGIN)).toMatchObject({
    tenantId: DEFAULT_APP.tenantId,
    roles: DEFAULT_APP.roles,
  });
  clock.move(3590 * 1000);
  expect(tokens.verify(`Bearer ${token}`, ORIGIN)).toHaveProperty("tenantId");
  clock.move(9 * 1000);
  expect(tokens.verify(`Bearer ${token}`, ORIGIN)).toEqual({
    refused: "Lifetime validation failed, the token is expired.",
  });
  const fresh = read(signIn(DEFAULT_APP, secret), "access_token") as string;
  expect(tokens.verify(`Bearer ${fresh}`, ORIGIN)).toHaveProperty("tenantId");
});

test("a header that is repeated is checked again: for its end, and for where it came in", () => {
  const { accessToken } = tokens.issue(DEFAULT_APP, ORIGIN, ORIGIN);
  const other = `Bearer ${tokens.issue(DEFAULT_APP, "https://graph.microsoft.com", ORIGIN).accessToken}`;
  const own = `Bearer ${accessToken}`;
  for (const authorization of [own, own, other, own])
    expect(tokens.verify(authorization, ORIGIN)).toHaveProperty("roles");
  expect(tokens.verify(own, "http://127.0.0.2:1")).toHaveProperty("refused");
  for (const bad of [`${own}x`, own.slice(0, -1), accessToken, ""])
    expect(tokens.verify(bad, ORIGIN)).toHaveProperty("refused");
  expect(tokens.verify(own, ORIGIN)).toHaveProperty("roles");
});

test("a client secret ends by the emulator's clock, and the refusal is dated by it", () => {
  const end = new Date(Date.now() + 5 * DAY_MS).toISOString();
  const app = { ...DEFAULT_APP, clientSecretEndDateTime: end };
  expect(signIn(app, secret).status).toBe(200);
  clock.move(5 * DAY_MS);
  const refused = signIn(app, secret);
  expect([refused.status, read(refused, "error_codes", 0)]).toEqual([401, 7000222]);
  expect(read(refused, "timestamp")).toBe(`${clock.nowDateTime().slice(0, 19).replace("T", " ")}Z`);
});

test("a certificate signs in at any hour of the emulator's until it ends by that clock", () => {
  const app = { ...DEFAULT_APP, certificates: [certificate.certificatePem] };
  clock.move(29 * DAY_MS);
  expect(signIn(app, assertion(certificateAssertion())).status).toBe(200);
  clock.move(2 * DAY_MS);
  const refused = signIn(app, assertion(certificateAssertion()));
  expect([refused.status, read(refused, "error_codes", 0)]).toEqual([401, 1000502]);
});

test("a pipeline's token is dated by the emulator's clock and ends by it, ten minutes on", () => {
  clock.move(36 * HOUR_MS);
  const request = requestOf(
    {},
    { authorization: `Bearer ${GITHUB_REQUEST_TOKEN}` },
    "audience=api://AzureADTokenExchange",
  );
  const jwt = read(pipelines.answer(request), "value") as string;
  expect(signIn(DEFAULT_APP, assertion(jwt)).status).toBe(200);
  // Five minutes it lives, five more may clocks be apart.
  clock.move(10 * 60_000);
  const refused = signIn(DEFAULT_APP, assertion(jwt));
  expect([refused.status, read(refused, "error_codes", 0)]).toEqual([401, 700024]);
});

test("a managed identity's token names its end by the emulator's clock", () => {
  clock.move(36 * HOUR_MS);
  const request = requestOf({}, { metadata: "true" }, "resource=https://graph.microsoft.com/");
  const answer = answerManagedIdentity(request, [DEFAULT_APP], tokens);
  const expiresOn = Number(read(answer, "expires_on"));
  expect(Math.abs(expiresOn - (Date.now() + 36 * HOUR_MS) / 1000 - 3599)).toBeLessThan(5);
  expect(tokens.verify(`Bearer ${read(answer, "access_token") as string}`, ORIGIN)).toHaveProperty("tenantId");
});
