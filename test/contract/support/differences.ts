/**
 * Where the emulator differs from the facts on purpose. The tests hold it to each line of this list too, so that none
 * outlives its reason; docs/emulator-surface.md names the same ones.
 */

/** Routes of the list that are no part of the compliance status family. */
export const NOT_SERVED: readonly { readonly route: RegExp; readonly reason: string }[] = [
  {
    route: /^\/deviceAppManagement\/wdacSupplementalPolicies\//,
    reason: "deployment statuses of App Control policies: another shape, no compliance status in it",
  },
  {
    route: /^\/deviceManagement\/deviceCompliancePolicies\/getDevicesScheduledToRetire\(\)$/,
    reason: "managed devices are not emulated",
  },
];

/** Actions of the schema that are bound to the whole collection of policies and concern managed devices, scripts and reports. */
export const ACTIONS_NOT_SERVED: readonly string[] = [
  "getDevicesScheduledToRetire",
  "hasPayloadLinks",
  "refreshDeviceComplianceReportSummarization",
  "setScheduledRetireState",
  "validateComplianceScript",
];

/** Set by the service whatever is sent; a sent value is checked all the same. */
export const SERVICE_SET: readonly string[] = ["createdDateTime", "lastModifiedDateTime", "version"];

/**
 * Pages whose example wraps the entity in `{"value": …}`, which CSDL, OpenAPI and the SDKs deny: a fault of the pages, and
 * the emulator answers the bare entity. The example's length is held all the same, over the wrapped text.
 */
export const WRAPPED_IN_VALUE: readonly string[] = ["get"];
