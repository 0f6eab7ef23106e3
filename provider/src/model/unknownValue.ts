/**
 * What a value not yet known in preview looks like to `check` and `diff`: the engine's sentinel string, whatever the
 * property's type. Source: `runtime.unknownValue` of @pulumi/pulumi (fixed since 2017); written out here so that the
 * model stays free of the SDK.
 */
const UNKNOWN_VALUE = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** True if the value is unknown, or holds an unknown at any depth. */
export function holdsUnknown(value: unknown): boolean {
  if (value === UNKNOWN_VALUE) return true;
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some(holdsUnknown);
}
