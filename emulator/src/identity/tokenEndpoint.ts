import { jsonAnswer } from "../http/exchange";
import type { Answer, EmulatorRequest } from "../http/exchange";
import type { EmulatorApp } from "../options";
import type { AccessTokens } from "./accessTokens";
import { refuseAssertion } from "./clientAssertion";
import type { PipelineIssuer } from "./pipelineIssuer";
import { NOT_STORED, refuse } from "./refusal";

/**
 * `POST /{tenant}/oauth2/v2.0/token` with the client credentials grant and a client secret or a client assertion: identity
 * platform page "v2-oauth2-client-creds-grant-flow". Error codes and texts: page "reference-error-codes".
 */
export function answerTokenRequest(
  request: EmulatorRequest,
  tenant: string,
  apps: readonly EmulatorApp[],
  tokens: AccessTokens,
  pipelines: PipelineIssuer,
): Answer {
  const form = new URLSearchParams(request.body?.toString("utf8") ?? "");
  const grantType = form.get("grant_type") ?? "";
  const clientId = form.get("client_id") ?? "";
  const scope = form.get("scope") ?? "";
  const inTenant = apps.filter((app) => app.tenantId.toLowerCase() === tenant.toLowerCase());
  if (inTenant.length === 0) return unknownTenant(tenant);
  if (grantType !== "client_credentials") {
    return refuse(400, "unsupported_grant_type", 70003, `The app requested an unsupported grant type '${grantType}'.`);
  }
  const app = inTenant.find((candidate) => candidate.clientId.toLowerCase() === clientId.toLowerCase());
  if (app === undefined) {
    const text = `Application with identifier '${clientId}' was not found in the directory '${tenant}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`;
    return refuse(400, "unauthorized_client", 700016, text);
  }
  const refusal = form.has("client_assertion")
    ? refuseAssertion(app, form, assertionAudiences(request, app), pipelines)
    : checkSecret(app, form.get("client_secret"));
  if (refusal !== undefined) return refusal;
  if (!scope.endsWith("/.default")) {
    const text = `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`;
    return refuse(400, "invalid_scope", 1002012, text);
  }
  const issuer = `${request.origin}/${app.tenantId}/`;
  const { accessToken, expiresInSeconds } = tokens.issue(app, scope.slice(0, -"/.default".length), issuer);
  const body = {
    token_type: "Bearer",
    expires_in: expiresInSeconds,
    ext_expires_in: expiresInSeconds,
    access_token: accessToken,
  };
  return jsonAnswer(200, body, NOT_STORED);
}

export function unknownTenant(tenant: string): Answer {
  const text = `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`;
  return refuse(400, "invalid_request", 90002, text);
}

/** What an assertion may be meant for: the token endpoint or the issuer, spelled https as the discovery document does. */
function assertionAudiences({ origin }: EmulatorRequest, { tenantId }: EmulatorApp): string[] {
  const origins = [origin, origin.replace(/^http:/, "https:"), "https://login.microsoftonline.com"];
  return origins.flatMap((one) => [`${one}/${tenantId}/oauth2/v2.0/token`, `${one}/${tenantId}/v2.0`]);
}

function checkSecret(app: EmulatorApp, clientSecret: string | null): Answer | undefined {
  if (clientSecret === app.clientSecret) return checkSecretTime(app);
  if (clientSecret === null) {
    const text = "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.";
    return refuse(401, "invalid_client", 7000218, text);
  }
  const text = `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${app.clientId}'.`;
  return refuse(401, "invalid_client", 7000215, text);
}

/** Text: page "reference-error-codes" and azure-cli issues. */
function checkSecretTime({ clientId, clientSecretEndDateTime }: EmulatorApp): Answer | undefined {
  if (clientSecretEndDateTime === undefined || Date.parse(clientSecretEndDateTime) > Date.now()) return undefined;
  const text = `The provided client secret keys for app '${clientId}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.`;
  return refuse(401, "invalid_client", 7000222, text);
}
