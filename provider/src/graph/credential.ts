import type { AccessToken, TokenCredential, TokenCredentialOptions } from "@azure/identity";
import type { HttpClient } from "@azure/core-rest-pipeline";
import { AuthenticationError } from "./errors";
import { type GraphSettings, isLoopback } from "./settings";

/** A token this close to its end is renewed first, as clocks differ and a request takes time. */
const RENEW_BEFORE_EXPIRY_MS = 5 * 60_000;

/**
 * A function that yields a valid bearer token.
 * Callers that come while a token is on its way wait for that one: the library itself would send a request each.
 * It throws {@link AuthenticationError}; the secret is in no message.
 */
export function tokenSource(settings: GraphSettings, now: () => number): () => Promise<string> {
  let credential: TokenCredential | undefined;
  let current: AccessToken | undefined;
  let pending: Promise<AccessToken> | undefined;

  const renew = async (): Promise<AccessToken> => {
    try {
      credential ??= await createCredential(settings);
      const token = await credential.getToken(settings.scope);
      if (token === null) throw new Error("the credential yields no token");
      return token;
    } catch (error) {
      throw explainFailure(settings, error);
    }
  };

  return async () => {
    if (current !== undefined && !mustRenew(current, now())) return current.token;
    pending ??= renew().finally(() => {
      pending = undefined;
    });
    current = await pending;
    return current.token;
  };
}

/** Short-lived tokens (a test authority's) are used to half their life rather than asked for on every request. */
function mustRenew(token: AccessToken, nowMs: number): boolean {
  const leftMs = token.expiresOnTimestamp - nowMs;
  return (
    leftMs <= 0 ||
    (leftMs < RENEW_BEFORE_EXPIRY_MS &&
      token.refreshAfterTimestamp !== undefined &&
      token.refreshAfterTimestamp <= nowMs)
  );
}

async function createCredential(settings: GraphSettings): Promise<TokenCredential> {
  // Loaded at the first token, for it takes longer than all else here.
  const identity = await import("@azure/identity");
  const { tenantId, clientId, clientSecret } = settings;
  const options = await authorityOptions(settings);
  if (clientSecret !== undefined && tenantId !== undefined && clientId !== undefined) {
    return new identity.ClientSecretCredential(tenantId, clientId, clientSecret, options);
  }
  return new identity.DefaultAzureCredential({
    ...options,
    ...(tenantId === undefined ? {} : { tenantId }),
    ...(clientId === undefined ? {} : { managedIdentityClientId: clientId }),
  });
}

type AuthorityOptions = TokenCredentialOptions & { disableInstanceDiscovery?: boolean };

const MICROSOFT_AUTHORITIES = new Set([
  "login.microsoftonline.com",
  "login.microsoftonline.us",
  "login.chinacloudapi.cn",
]);

/**
 * The library refuses an http authority, so a loopback one is named with https and its requests are sent over http.
 * An authority that is not Microsoft's is not asked about at Microsoft's (instance discovery), since it is unknown there.
 */
async function authorityOptions(settings: GraphSettings): Promise<AuthorityOptions> {
  const authority = new URL(settings.authorityHost);
  if (MICROSOFT_AUTHORITIES.has(authority.hostname)) return { authorityHost: settings.authorityHost };
  if (authority.protocol === "https:") return { authorityHost: settings.authorityHost, disableInstanceDiscovery: true };
  if (!isLoopback(authority)) throw new Error("plain http to another machine");
  const named = new URL(authority);
  named.protocol = "https:";
  return { authorityHost: named.origin, disableInstanceDiscovery: true, httpClient: await overHttp(named.host) };
}

async function overHttp(host: string): Promise<HttpClient> {
  const { createDefaultHttpClient } = await import("@azure/core-rest-pipeline");
  const client = createDefaultHttpClient();
  return {
    async sendRequest(request) {
      const url = new URL(request.url);
      if (url.host !== host) return client.sendRequest(request);
      url.protocol = "http:";
      request.url = url.href;
      request.allowInsecureConnection = true;
      const response = await client.sendRequest(request);
      // The discovery document names its issuer and endpoints with http; the library wants them to match the authority.
      const body = response.bodyAsText?.replaceAll(`http://${host}`, `https://${host}`);
      return body === undefined ? response : { ...response, bodyAsText: body };
    },
  };
}

const HINTS: readonly (readonly [RegExp, string])[] = [
  [
    /AADSTS7000215|invalid_client/,
    "the client secret is wrong or expired: set intune:clientSecret anew (pulumi config set --secret intune:clientSecret)",
  ],
  [/AADSTS700016/, "no such application in the tenant: check intune:clientId and intune:tenantId"],
  [/AADSTS90002|tenant.*not found/i, "no such tenant: check intune:tenantId and intune:environment"],
  [
    /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|endpoints_resolution_error/,
    "the authority cannot be reached, its certificate is not trusted, or it has no such tenant: check intune:authorityHost, the network, NODE_EXTRA_CA_CERTS, intune:tenantId",
  ],
];
const NO_CREDENTIAL = "set intune:tenantId, intune:clientId and intune:clientSecret, or sign in with az login";
const MAX_REASON_LENGTH = 240;

function explainFailure(settings: GraphSettings, error: unknown): AuthenticationError {
  const message = error instanceof Error ? error.message : String(error);
  const hint = HINTS.find(([pattern]) => pattern.test(message))?.[1] ?? NO_CREDENTIAL;
  const reason = message.split("\n")[0]?.slice(0, MAX_REASON_LENGTH) ?? "";
  const { clientSecret } = settings;
  return new AuthenticationError(
    clientSecret === undefined ? reason : reason.replaceAll(clientSecret, "[secret]"),
    hint,
    undefined,
  );
}
