import { jsonAnswer } from "../http/exchange";
import type { Answer, EmulatorRequest } from "../http/exchange";
import type { EmulatorApp } from "../registeredApps";
import type { AccessTokens } from "./accessTokens";
import { NOT_STORED } from "./tokenError";

/**
 * A managed identity's token, as a virtual machine (`Metadata: true`) and an App Service (`X-IDENTITY-HEADER`) ask for it.
 * Source: Entra page "how-to-use-vm-token", App Service page "overview-managed-identity". The first application is the
 * system-assigned identity; any is a user-assigned one by its `client_id`.
 */
export function answerManagedIdentity(
  request: EmulatorRequest,
  apps: readonly EmulatorApp[],
  tokens: AccessTokens,
): Answer {
  const query = new URLSearchParams(request.query);
  // What a browser or a forwarded request cannot add: without it anybody could have the identity.
  if (request.headers["metadata"] !== "true" && request.headers["x-identity-header"] === undefined) {
    return refused("invalid_request", "Required metadata header not specified");
  }
  const resource = query.get("resource") ?? "";
  if (resource === "") return refused("invalid_request", "Required query variable 'resource' is missing");
  const clientId = query.get("client_id");
  const app = clientId === null ? apps[0] : apps.find((one) => one.clientId.toLowerCase() === clientId.toLowerCase());
  if (app === undefined) return refused("invalid_request", "Identity not found");
  const { accessToken, expiresInSeconds } = tokens.issue(app, resource, `${request.origin}/${app.tenantId}/`);
  const now = tokens.clock.nowSeconds();
  const body = {
    access_token: accessToken,
    client_id: app.clientId,
    // Numbers as text: so both services write them.
    expires_in: String(expiresInSeconds),
    expires_on: String(now + expiresInSeconds),
    not_before: String(now),
    resource,
    token_type: "Bearer",
  };
  return jsonAnswer(200, body, NOT_STORED);
}

const refused = (error: string, description: string): Answer =>
  jsonAnswer(400, { error, error_description: description }, NOT_STORED);
