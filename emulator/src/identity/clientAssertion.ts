import { createPublicKey, X509Certificate } from "node:crypto";
import type { EmulatorApp, FederatedCredential } from "../registeredApps";
import type { Clock } from "../world/clock";
import { isSignedBy, namesCertificate, parseJwt } from "./jwt";
import type { Jwt } from "./jwt";
import type { PipelineIssuer } from "./pipelineIssuer";
import { invalidClient } from "./tokenError";
import type { TokenError } from "./tokenError";

const JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/** How far the clocks of two machines may be apart. `Assumption:` five minutes, as Microsoft's token libraries allow. */
const CLOCK_SKEW_SECONDS = 300;

/**
 * Whether a `client_assertion` speaks for the application: signed with one of its certificates (identity platform page
 * "certificate-credentials") or, by another issuer, described by one of its federated credentials (page
 * "workload-identity-federation").
 * @returns the reason, if it does not
 */
export function refuseAssertion(
  app: EmulatorApp,
  form: URLSearchParams,
  audiences: readonly string[],
  pipelines: PipelineIssuer,
): TokenError | undefined {
  const type = form.get("client_assertion_type") ?? "";
  if (type !== JWT_BEARER) {
    const text = `The 'client_assertion_type' parameter must be '${JWT_BEARER}'.`;
    return { status: 400, error: "invalid_request", code: 900144, text };
  }
  const jwt = parseJwt(form.get("client_assertion") ?? "");
  if (jwt === undefined) return invalidClient(50027, "JWT token is invalid or malformed.");
  // A certificate's assertion is the application's own word (RFC 7523 section 3); any other is somebody else's.
  const isOwn = jwt.claims["iss"] === app.clientId;
  return isOwn ? refuseOwn(app, jwt, audiences, pipelines.clock) : refuseFederated(app, jwt, pipelines);
}

function refuseOwn(app: EmulatorApp, jwt: Jwt, audiences: readonly string[], clock: Clock): TokenError | undefined {
  const certificates = (app.certificates ?? []).map((pem) => new X509Certificate(pem));
  const certificate = certificates.find((candidate) => namesCertificate(jwt, candidate));
  if (certificate === undefined) return refuseKey(app, "The key was not found.");
  if (!isSignedBy(jwt, certificate.publicKey))
    return refuseKey(app, "The key was found, but use of the key to verify the signature failed.");
  // Code and text: AzureAD/microsoft-identity-web #2834.
  if (Date.parse(certificate.validFrom) > clock.nowMs() || Date.parse(certificate.validTo) <= clock.nowMs())
    return invalidClient(1000502, "The provided certificate is not within its specified validity window.");
  const { sub, aud } = jwt.claims;
  // Codes: page "reference-error-codes". Assumption: the wording of both.
  if (sub !== app.clientId)
    return invalidClient(700021, "Client assertion application identifier doesn't match 'client_id' parameter.");
  if (typeof aud !== "string" || !audiences.includes(aud))
    return invalidClient(700023, "Client assertion audience claim does not match Realm issuer.");
  return refuseTime(jwt, SIGNERS_CLOCK);
}

/** Text: microsoft-authentication-library-for-js #8339. */
function refuseKey(app: EmulatorApp, reason: string): TokenError {
  const text = `The certificate with identifier used to sign the client assertion is not registered on application. [Reason - ${reason}, Please visit the Azure Portal, Graph Explorer or directly use MS Graph to see configured keys for app Id '${app.clientId}'.]`;
  return invalidClient(700027, text);
}

function refuseFederated(app: EmulatorApp, jwt: Jwt, pipelines: PipelineIssuer): TokenError | undefined {
  const { iss, sub, aud } = jwt.claims;
  const audiences: unknown[] = Array.isArray(aud) ? aud : [aud];
  let candidates: readonly FederatedCredential[] = app.federatedCredentials ?? [];
  // Texts: Azure/login #482 (subject), Azure/azure-workload-identity #1200 (issuer). Assumption: the audience's, modelled on them.
  const steps = [
    [700211, "issuer", iss, (one: FederatedCredential) => one.issuer === iss],
    [700213, "subject", sub, (one: FederatedCredential) => one.subject === sub],
    [700212, "audience", aud, (one: FederatedCredential) => audiences.includes(one.audience ?? DEFAULT_AUDIENCE)],
  ] as const;
  for (const [code, name, value, isMet] of steps) {
    candidates = candidates.filter(isMet);
    if (candidates.length > 0) continue;
    const text = `No matching federated identity record found for presented assertion ${name} '${textOf(value)}'. Check your federated identity credential Subject, Audience and Issuer against the presented assertion. https://learn.microsoft.com/entra/workload-id/workload-identity-federation`;
    return invalidClient(code, text);
  }
  const signer = candidates.find(({ publicKey }) =>
    isSignedBy(jwt, publicKey === undefined ? pipelines.publicKey() : createPublicKey(publicKey)),
  );
  if (signer !== undefined) return refuseTime(jwt, signer.publicKey === undefined ? pipelines.clock : SIGNERS_CLOCK);
  // Assumption: code and wording, after the code's entry on the page "reference-error-codes".
  return invalidClient(
    5001256,
    "Failed to complete authentication with external provider due to an invalid id_token: its signature is not the issuer's.",
  );
}

/** Source: page "workload-identity-federation-create-trust". */
const DEFAULT_AUDIENCE = "api://AzureADTokenExchange";

/**
 * An assertion is judged by the clock it was dated with. Whoever signs outside of the emulator goes by the machine's, and could never
 * sign in again if the emulator's had been moved.
 */
const SIGNERS_CLOCK: Pick<Clock, "nowMs"> = { nowMs: Date.now };

/** Text: microsoft-authentication-library-for-dotnet #4951. */
function refuseTime({ claims }: Jwt, clock: Pick<Clock, "nowMs">): TokenError | undefined {
  const now = clock.nowMs() / 1000;
  const [from, until] = [claims["nbf"] ?? 0, claims["exp"] ?? 0];
  if (
    typeof from === "number" &&
    typeof until === "number" &&
    from - CLOCK_SKEW_SECONDS <= now &&
    now < until + CLOCK_SKEW_SECONDS
  ) {
    return undefined;
  }
  const text = `Client assertion is not within its valid time range. Current time: ${instant(now)}, assertion valid from ${instant(from)}, expiry time of assertion ${instant(until)}. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials`;
  return invalidClient(700024, `${text} .`);
}

const instant = (seconds: unknown): string => {
  const date = new Date(Number(seconds) * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString();
};

const textOf = (claim: unknown): string => (typeof claim === "string" ? claim : JSON.stringify(claim));
