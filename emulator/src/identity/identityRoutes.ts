import type { Answer, EmulatorRequest } from "../http/exchange";
import type { Emulation } from "../emulation";
import { answerInstanceDiscovery, answerKeys, answerOpenIdConfiguration, TENANTLESS } from "./discovery";
import { answerManagedIdentity } from "./managedIdentity";
import { answerTokenError } from "./tokenError";
import { answerTokenRequest, unknownTenant } from "./tokenEndpoint";

interface IdentityRoute {
  readonly method: string;
  readonly path: RegExp;
  readonly answer: (request: EmulatorRequest, tenant: string, emulation: Emulation) => Answer;
}

/** The part of Entra ID a client credentials client needs, in the order MSAL asks for it, and where identities come from. */
const IDENTITY_ROUTES: readonly IdentityRoute[] = [
  { method: "GET", path: /^\/(common)\/discovery\/instance$/, answer: answerInstanceDiscovery },
  {
    method: "GET",
    path: /^\/([^/]+)\/v2\.0\/\.well-known\/openid-configuration$/,
    answer: (request, tenant, { settings, clock }) =>
      TENANTLESS.includes(tenant) || settings.apps.some((app) => app.tenantId.toLowerCase() === tenant.toLowerCase())
        ? answerOpenIdConfiguration(request, tenant)
        : answerTokenError(unknownTenant(tenant), clock),
  },
  { method: "GET", path: /^\/([^/]+)\/discovery\/v2\.0\/keys$/, answer: answerKeys },
  {
    method: "POST",
    path: /^\/([^/]+)\/oauth2\/v2\.0\/token$/,
    answer: (request, tenant, { settings, tokens, pipelines }) =>
      answerTokenRequest(request, tenant, { apps: settings.apps, tokens, pipelines }),
  },
  // IMDS of a virtual machine (some clients end the path with a slash), and the endpoint of an App Service.
  {
    method: "GET",
    path: /^(\/metadata\/identity\/oauth2\/token\/?|\/msi\/token)$/,
    answer: (request, _, { settings, tokens }) => answerManagedIdentity(request, settings.apps, tokens),
  },
  {
    method: "GET",
    path: /^(\/github\/oidc\/token)$/,
    answer: (request, _, { pipelines }) => pipelines.answer(request),
  },
];

/** The answer to a request to the authority; undefined when the path is none of its. */
export function answerIdentity(request: EmulatorRequest, path: string, emulation: Emulation): Answer | undefined {
  for (const route of IDENTITY_ROUTES) {
    const [, tenant] = route.path.exec(path) ?? [];
    if (tenant !== undefined && route.method === request.method) return route.answer(request, tenant, emulation);
  }
  return undefined;
}
