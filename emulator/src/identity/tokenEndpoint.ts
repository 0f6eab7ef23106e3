import { jsonAnswer } from "../http/exchange";
import type { Answer, EmulatorRequest } from "../http/exchange";
import { AUTHORITY_HOSTS } from "../limits";
import type { EmulatorApp } from "../registeredApps";
import type { Clock } from "../world/clock";
import type { AccessTokens } from "./accessTokens";
import { clientCredentials } from "./clientCredentials";
import { refuseAssertion } from "./clientAssertion";
import type { PipelineIssuer } from "./pipelineIssuer";
import { answerTokenError, invalidClient, NOT_STORED } from "./tokenError";
import type { TokenError } from "./tokenError";

/** What the token endpoint decides by. */
export interface Authority {
  readonly apps: readonly EmulatorApp[];
  readonly tokens: AccessTokens;
  readonly pipelines: PipelineIssuer;
}

/**
 * `POST /{tenant}/oauth2/v2.0/token` with the client credentials grant and a client secret or a client assertion: identity
 * platform page "v2-oauth2-client-creds-grant-flow". Error codes and texts: page "reference-error-codes".
 */
export function answerTokenRequest(request: EmulatorRequest, tenant: string, authority: Authority): Answer {
  const form = clientCredentials(request);
  const app = findApp(form, tenant, authority.apps);
  if ("code" in app) return answerTokenError(app, authority.tokens.clock);
  const refusal = refuseClient(request, form, app, authority) ?? refuseScope(form.get("scope") ?? "");
  if (refusal !== undefined) return answerTokenError(refusal, authority.tokens.clock);
  const audience = (form.get("scope") ?? "").slice(0, -DEFAULT_SCOPE.length);
  const issuer = `${request.origin}/${app.tenantId}/`;
  const { accessToken, expiresInSeconds } = authority.tokens.issue(app, audience, issuer);
  const body = {
    token_type: "Bearer",
    expires_in: expiresInSeconds,
    ext_expires_in: expiresInSeconds,
    access_token: accessToken,
  };
  return jsonAnswer(200, body, NOT_STORED);
}

export function unknownTenant(tenant: string): TokenError {
  const text = `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`;
  return { status: 400, error: "invalid_request", code: 90002, text };
}

/** Application permissions are asked for all at once, by the resource's address and this. */
const DEFAULT_SCOPE = "/.default";

function findApp(form: URLSearchParams, tenant: string, apps: readonly EmulatorApp[]): EmulatorApp | TokenError {
  const inTenant = apps.filter((app) => app.tenantId.toLowerCase() === tenant.toLowerCase());
  if (inTenant.length === 0) return unknownTenant(tenant);
  const grantType = form.get("grant_type") ?? "";
  if (grantType !== "client_credentials") {
    const text = `The app requested an unsupported grant type '${grantType}'.`;
    return { status: 400, error: "unsupported_grant_type", code: 70003, text };
  }
  const clientId = form.get("client_id") ?? "";
  const app = inTenant.find((candidate) => candidate.clientId.toLowerCase() === clientId.toLowerCase());
  if (app !== undefined) return app;
  const text = `Application with identifier '${clientId}' was not found in the directory '${tenant}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`;
  return { status: 400, error: "unauthorized_client", code: 700016, text };
}

function refuseClient(
  request: EmulatorRequest,
  form: URLSearchParams,
  app: EmulatorApp,
  { tokens, pipelines }: Authority,
): TokenError | undefined {
  return form.has("client_assertion")
    ? refuseAssertion(app, form, assertionAudiences(request, app), pipelines)
    : refuseSecret(app, form.get("client_secret"), tokens.clock);
}

function refuseScope(scope: string): TokenError | undefined {
  if (scope.endsWith(DEFAULT_SCOPE)) return undefined;
  const text = `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`;
  return { status: 400, error: "invalid_scope", code: 1002012, text };
}

/** What an assertion may be meant for: the token endpoint or the issuer, spelled https as the discovery document does. */
function assertionAudiences({ origin }: EmulatorRequest, { tenantId }: EmulatorApp): string[] {
  const clouds = AUTHORITY_HOSTS.map((host) => `https://${host}`);
  const origins = [origin, origin.replace(/^http:/, "https:"), ...clouds];
  return origins.flatMap((one) => [`${one}/${tenantId}/oauth2/v2.0/token`, `${one}/${tenantId}/v2.0`]);
}

function refuseSecret(app: EmulatorApp, clientSecret: string | null, clock: Clock): TokenError | undefined {
  if (clientSecret === app.clientSecret) return refuseSecretTime(app, clock);
  if (clientSecret === null) {
    const text = "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.";
    return invalidClient(7000218, text);
  }
  const text = `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${app.clientId}'.`;
  return invalidClient(7000215, text);
}

/** Text: page "reference-error-codes" and azure-cli issues. */
function refuseSecretTime({ clientId, clientSecretEndDateTime }: EmulatorApp, clock: Clock): TokenError | undefined {
  if (clientSecretEndDateTime === undefined || Date.parse(clientSecretEndDateTime) > clock.nowMs()) return undefined;
  const text = `The provided client secret keys for app '${clientId}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.`;
  return invalidClient(7000222, text);
}
