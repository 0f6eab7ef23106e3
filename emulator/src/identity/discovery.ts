import { jsonAnswer } from "../http/exchange";
import type { Answer, EmulatorRequest } from "../http/exchange";

/** Where a tenant's id would stand, for clients that do not know it yet: identity platform page "v2-protocols-oidc". */
export const TENANTLESS: readonly string[] = ["common", "organizations", "consumers"];

/**
 * OpenID Connect discovery document of a tenant: identity platform page "v2-protocols-oidc". Addresses lead back to where the request
 * came in, spelled https as Entra's always are: MSAL takes no other issuer (msal-common 16, Authority.validateIssuer), and a client that
 * got here over plain http has mapped https://… to it and does so again.
 */
export function answerOpenIdConfiguration(request: EmulatorRequest, tenant: string): Answer {
  const authority = `${secure(request.origin)}/${tenant}`;
  return jsonAnswer(200, {
    issuer: TENANTLESS.includes(tenant) ? `${secure(request.origin)}/{tenantid}/v2.0` : `${authority}/v2.0`,
    authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
    token_endpoint: `${authority}/oauth2/v2.0/token`,
    device_authorization_endpoint: `${authority}/oauth2/v2.0/devicecode`,
    end_session_endpoint: `${authority}/oauth2/v2.0/logout`,
    jwks_uri: `${authority}/discovery/v2.0/keys`,
    token_endpoint_auth_methods_supported: ["client_secret_post", "private_key_jwt", "client_secret_basic"],
    response_types_supported: ["token"],
    subject_types_supported: ["pairwise"],
    id_token_signing_alg_values_supported: ["HS256"],
  });
}

/** What MSAL asks to learn whether a host is an authority (AzureAD/microsoft-authentication-library-for-js, "instance discovery"). */
export function answerInstanceDiscovery(request: EmulatorRequest): Answer {
  const host = request.origin.replace(/^https?:\/\//, "");
  return jsonAnswer(200, {
    tenant_discovery_endpoint: `${secure(request.origin)}/common/v2.0/.well-known/openid-configuration`,
    "api-version": "1.1",
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  });
}

/** The key is symmetric and stays secret, so there is none to publish. */
export function answerKeys(): Answer {
  return jsonAnswer(200, { keys: [] });
}

function secure(origin: string): string {
  return origin.replace(/^http:/, "https:");
}
