/**
 * Where the emulator differs from the facts on purpose, with the reason. The tests hold it to each of these too, so that
 * none outlives its reason, and docs/emulator-surface.md to these very words.
 */
export const DIFFERENCES = {
  wdacSupplementalPolicies:
    "`wdacSupplementalPolicies/{id}/deviceStatuses` is not served: those are deployment statuses of another shape, with no compliance status in them.",
  operationsOnThePolicies:
    "`getDevicesScheduledToRetire`, `hasPayloadLinks`, `refreshDeviceComplianceReportSummarization`, `setScheduledRetireState` and `validateComplianceScript` are not served: they are about managed devices, reports and scripts, which are not emulated.",
  setByTheService:
    "`createdDateTime`, `lastModifiedDateTime` and `version` of a policy are the service's: a value that is sent for one of them is checked and then not used.",
  ruleName:
    "`ruleName` is taken and never given back, as the service has been seen to do (microsoft-graph-docs #4983, #16701).",
  wrappedInValue:
    'GET by key gives the bare entity, not `{"value": …}` as the page\'s example does: CSDL, OpenAPI and the SDKs agree.',
  controlInformation:
    "Lists carry `@odata.context` and `@odata.count`, which the pages' examples leave out and the service has been seen to send (microsoft-graph-docs #20196).",
  doublyNested:
    "A bad token is Graph's own `InvalidAuthenticationToken`, not the JSON document within a document that two threads show of tokens of users, whom the emulator does not know.",
} as const;

/** Routes of the list that the first two are about. */
export const NOT_SERVED: readonly RegExp[] = [
  /^\/deviceAppManagement\/wdacSupplementalPolicies\//,
  /^\/deviceManagement\/deviceCompliancePolicies\/getDevicesScheduledToRetire\(\)$/,
];

/** Operations bound to the whole collection of policies. */
export const OPERATIONS_NOT_SERVED: readonly string[] = [
  "getDevicesScheduledToRetire",
  "hasPayloadLinks",
  "refreshDeviceComplianceReportSummarization",
  "setScheduledRetireState",
  "validateComplianceScript",
];

export const SET_BY_THE_SERVICE: readonly string[] = ["createdDateTime", "lastModifiedDateTime", "version"];

/** A fault of these pages; the example's length is held all the same, over the wrapped text. */
export const WRAPPED_IN_VALUE: readonly string[] = ["get"];

/** What a list carries besides its `value`. */
export const CONTROL_INFORMATION: readonly string[] = ["@odata.context", "@odata.count"];
