import { ClientSecretCredential } from "@azure/identity";
import type { ClientSecretCredentialOptions } from "@azure/identity";
import { DEFAULT_APP, startEmulator } from "intune-emulator";
import type { Emulator } from "intune-emulator";
import { at, createPolicy, GraphClient, POLICIES, requestToken } from "../unit/emulator/support/graphClient";
import type { Json } from "../unit/emulator/support/graphClient";

const GRAPH_SCOPE = "https://graph.microsoft.com/.default";
const { tenantId, clientId, clientSecret } = DEFAULT_APP;
let emulator: Emulator;

beforeEach(async () => {
  emulator = await startEmulator();
});
afterEach(async () => {
  await emulator.close();
});

type HttpClient = NonNullable<ClientSecretCredentialOptions["httpClient"]>;

/** A transport that sends what is meant for one https origin to the emulator over plain http. */
function mapping(from: string, seen: string[] = []): HttpClient {
  return {
    async sendRequest(request) {
      seen.push(`${request.method} ${request.url.split("?")[0] ?? ""}`);
      const body = typeof request.body === "string" ? { body: request.body } : {};
      const response = await fetch(request.url.replace(from, emulator.authority), {
        method: request.method,
        headers: { "content-type": request.headers.get("content-type") ?? "text/plain" },
        ...body,
      });
      const headers = toPipelineHeaders(response.headers);
      return { request, status: response.status, headers, bodyAsText: await response.text() };
    },
  };
}

type PipelineHeaders = Awaited<ReturnType<HttpClient["sendRequest"]>>["headers"];

function toPipelineHeaders(headers: Headers): PipelineHeaders {
  return {
    get: (name) => headers.get(name) ?? undefined,
    has: (name) => headers.has(name),
    set: (name, value) => {
      headers.set(name, String(value));
    },
    delete: (name) => {
      headers.delete(name);
    },
    toJSON: () => Object.fromEntries(headers),
    [Symbol.iterator]: () => headers.entries(),
  };
}

async function statusWith(token: string): Promise<number> {
  const response = await fetch(`${emulator.graphEndpoint}${POLICIES}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return response.status;
}

test("ClientSecretCredential: an https spelling of the emulator as authorityHost, mapped to http, yields a token Graph takes", async () => {
  const https = emulator.authority.replace("http:", "https:");
  const seen: string[] = [];
  const credential = new ClientSecretCredential(tenantId, clientId, clientSecret, {
    authorityHost: https,
    disableInstanceDiscovery: true,
    httpClient: mapping(https, seen),
  });
  const { token, expiresOnTimestamp } = await credential.getToken(`${https}/.default`);
  expect(await statusWith(token)).toBe(200);
  expect(Math.round((expiresOnTimestamp - Date.now()) / 60_000)).toBe(60);
  expect(seen[0]).toBe(`GET ${https}/${tenantId}/v2.0/.well-known/openid-configuration`);
});

test("ClientSecretCredential: the public authority, mapped to the emulator, yields a token Graph takes", async () => {
  const credential = new ClientSecretCredential(tenantId, clientId, clientSecret, {
    httpClient: mapping("https://login.microsoftonline.com"),
  });
  const { token } = await credential.getToken(GRAPH_SCOPE);
  expect(await statusWith(token)).toBe(200);
});

test("ClientSecretCredential: a wrong secret ends in AADSTS7000215", async () => {
  const credential = new ClientSecretCredential(tenantId, clientId, "wrong", {
    httpClient: mapping("https://login.microsoftonline.com"),
  });
  await expect(credential.getToken(GRAPH_SCOPE)).rejects.toThrow("AADSTS7000215");
});

const REFUSALS: [string, Record<string, string>, string, number, string, string][] = [
  [
    "a wrong secret",
    { client_secret: "wrong" },
    tenantId,
    401,
    "invalid_client",
    "AADSTS7000215: Invalid client secret provided.",
  ],
  [
    "an unknown application",
    { client_id: tenantId },
    tenantId,
    400,
    "unauthorized_client",
    "AADSTS700016: Application with identifier",
  ],
  ["an unknown tenant", {}, clientId, 400, "invalid_request", "AADSTS90002: Tenant"],
  ["another grant", { grant_type: "password" }, tenantId, 400, "unsupported_grant_type", "AADSTS70003: "],
  [
    "a scope without /.default",
    { scope: "https://graph.microsoft.com" },
    tenantId,
    400,
    "invalid_scope",
    "AADSTS1002012: ",
  ],
];

test.each(REFUSALS)("token: %s is refused as Entra ID refuses it", async (_, changes, tenant, status, error, text) => {
  const form = {
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: clientSecret,
    scope: GRAPH_SCOPE,
    ...changes,
  };
  const response = await fetch(`${emulator.authority}/${tenant}/oauth2/v2.0/token`, {
    method: "POST",
    body: new URLSearchParams(form),
  });
  const body = (await response.json()) as Json;
  expect([response.status, at(body, "error")]).toEqual([status, error]);
  expect(at(body, "error_description")).toMatch(new RegExp(`^${text}`));
  expect(at(body, "error_codes", 0)).toBe(Number(/\d+/.exec(text)?.[0]));
  expect(JSON.stringify(body)).not.toContain(clientSecret);
});

test.each([
  ["https://graph.microsoft.com/.default", 200],
  ["https://graph.microsoft.us/.default", 200],
  ["https://dod-graph.microsoft.us/.default", 200],
  ["https://microsoftgraph.chinacloudapi.cn/.default", 200],
  ["https://management.azure.com/.default", 401],
])("bearer: a token for %s answers %i", async (scope, status) => {
  expect(await statusWith(await requestToken(emulator, { scope }))).toBe(status);
});

test("bearer: missing, malformed, forged, foreign and expired tokens are 401 InvalidAuthenticationToken in Graph's shape", async () => {
  const token = await requestToken(emulator);
  const [header = "", payload = "", signature = ""] = token.split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as Record<string, unknown>;
  const forged = Buffer.from(JSON.stringify({ ...claims, exp: 9_999_999_999 })).toString("base64url");
  const other = await startEmulator({ tokenLifetimeSeconds: 1 });
  const foreign = await requestToken(other, { scope: GRAPH_SCOPE });
  const authorizations = [
    undefined,
    "Bearer ",
    "Basic abc",
    "Bearer abc",
    `Bearer ${header}.${forged}.${signature}`,
    `Bearer ${foreign}`,
  ];
  for (const authorization of authorizations) {
    const response = await fetch(
      `${emulator.graphEndpoint}${POLICIES}`,
      authorization === undefined ? {} : { headers: { authorization } },
    );
    const body = (await response.json()) as Json;
    expect([authorization, response.status, at(body, "error", "code")]).toEqual([
      authorization,
      401,
      "InvalidAuthenticationToken",
    ]);
    expect(at(body, "error", "innerError", "request-id")).toBe(response.headers.get("request-id"));
    expect(response.headers.get("www-authenticate")).toMatch(/^Bearer/);
  }
  const expiry = Date.now() + 1_100;
  while (Date.now() < expiry) await new Promise((resolve) => setTimeout(resolve, 50));
  const late = await fetch(`${other.graphEndpoint}${POLICIES}`, { headers: { authorization: `Bearer ${foreign}` } });
  expect([late.status, at((await late.json()) as Json, "error", "message")]).toEqual([
    401,
    "Lifetime validation failed, the token is expired.",
  ]);
  await other.close();
});

test("bearer: a token without the role is 403 Forbidden with Intune's JSON document in message", async () => {
  const readOnly = { ...DEFAULT_APP, roles: ["DeviceManagementConfiguration.Read.All"] };
  const noRole = { ...DEFAULT_APP, clientId: "e0000000-0000-4000-8000-000000000003", roles: [] };
  const restricted = await startEmulator({ apps: [readOnly, noRole] });
  const reader = await GraphClient.of(restricted);
  expect((await reader.call("GET", POLICIES)).status).toBe(200);
  const write = await reader.call("POST", POLICIES, {});
  expect([write.status, at(write.body, "error", "code")]).toEqual([403, "Forbidden"]);
  const message = at(write.body, "error", "message") as string;
  expect(message).toMatch(
    /^\{\r\n {2}"_version": 3,\r\n {2}"Message": "Application is not authorized to perform this operation\./,
  );
  const inner = JSON.parse(message) as Record<string, unknown>;
  expect(Object.keys(inner)).toEqual([
    "_version",
    "Message",
    "CustomApiErrorPhrase",
    "RetryAfter",
    "ErrorSourceService",
    "HttpHeaders",
  ]);
  expect(inner["Message"]).toContain(
    "one of the following scopes: DeviceManagementConfiguration.ReadWrite.All - Operation ID",
  );

  const token = await requestToken(restricted, { client_id: noRole.clientId });
  const read = await fetch(`${restricted.graphEndpoint}${POLICIES}`, { headers: { authorization: `Bearer ${token}` } });
  expect(read.status).toBe(403);
  expect(await read.text()).toContain(
    "DeviceManagementConfiguration.Read.All, DeviceManagementConfiguration.ReadWrite.All",
  );
  await reader.close();
  await restricted.close();
});

test("journal: token requests are listed by path only; no secret and no token is anywhere in it", async () => {
  const client = await GraphClient.of(emulator);
  await createPolicy(client);
  await client.close();
  const misplaced = `${emulator.authority}/${tenantId}/oauth2/v2.0/token?client_secret=${clientSecret}`;
  await fetch(misplaced, { method: "POST", body: JSON.stringify({ client_secret: clientSecret }) });
  const entries = emulator.journal.entries();
  expect(entries.map(({ method, path, status }) => [method, path, status])).toEqual([
    ["POST", `/${tenantId}/oauth2/v2.0/token`, 200],
    ["POST", POLICIES, 201],
    ["POST", `/${tenantId}/oauth2/v2.0/token`, 400],
  ]);
  expect([entries[0]?.requestBody, entries[0]?.query]).toEqual([undefined, ""]);
  const text = JSON.stringify(entries);
  expect(text).not.toContain(clientSecret);
  expect(text).not.toContain(client.token);
  expect(text.toLowerCase()).not.toContain("bearer");
});
