/** Intune's code for a documented route it does not implement. Source: microsoft-graph-docs #19210, #19211, PR #21172. */
const NOT_SERVED_CODE = "No method match route template";

/** True for the 400 with which Intune says that it has no such route. */
export function isNotServed(status: number, code: string): boolean {
  return status === 400 && code === NOT_SERVED_CODE;
}

export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly method: string;
  readonly permission: string;
  readonly tooLongWaitMs: number | undefined;
}

/** What a person can do about a refusal, as one sentence. */
export function adviceFor(refusal: Refusal): string {
  const { status, code, method, permission, tooLongWaitMs } = refusal;
  if (isNotServed(status, code)) {
    return (
      `Microsoft documents ${method} here, but the Intune service does not serve it ` +
      "(https://github.com/microsoftgraph/microsoft-graph-docs/issues/19210): use the emulator (npm run emulator) for this resource."
    );
  }
  if (tooLongWaitMs !== undefined) {
    return `It asks to come again in ${(tooLongWaitMs / 1000).toFixed(1)} s, longer than the operation may take: raise intune:operationTimeoutSeconds or come back later.`;
  }
  if (status < 400) {
    return "The redirect is not followed, for it would carry the token there: set intune:graphEndpoint to the service's own address, or ask who answers in its place (a proxy's sign-in page?).";
  }
  switch (status) {
    case 400:
      return "Graph rejects the request: correct the property its message names.";
    case 401:
      return "The token is not accepted: check that intune:tenantId, intune:environment and intune:graphEndpoint belong together, then sign in again.";
    case 403:
      return `Grant the application (or the signed-in user) ${permission} on Microsoft Graph, with admin consent; an active Intune licence is needed too.`;
    case 404:
      return "Check that the policy exists behind this endpoint (deviceCompliancePolicyId); if the row was removed behind Pulumi's back, run pulumi refresh.";
    case 424:
    case 429:
    case 503:
    case 504:
      return "The service is busy: lower --parallel or come back later.";
    default:
      return status >= 500
        ? "The service failed: come back later; give Microsoft support the request-id if it stays."
        : "See the code in Microsoft Graph's error reference (https://learn.microsoft.com/graph/errors).";
  }
}
