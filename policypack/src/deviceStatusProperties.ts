import { deviceComplianceDeviceStatus, type EdmType } from "pulumi-intune/model";

const { parentKeys, properties } = deviceComplianceDeviceStatus;

export const parentKeyNames: readonly string[] = parentKeys;

/** Every input of the resource, parent keys first. */
export const inputNames: readonly string[] = [...parentKeys, ...properties.map(({ name }) => name)];

/** The inputs that must be given: the parent keys, and the properties which the service would otherwise invent. */
export const mandatoryNames: readonly string[] = [
  ...parentKeys,
  ...properties.filter(({ nullable }) => !nullable).map(({ name }) => name),
];

/** The properties of one Edm type, in the order of the metadata. */
export function namesOfType(edmType: EdmType): readonly string[] {
  return properties.filter((property) => property.edmType === edmType).map(({ name }) => name);
}

/** The Edm type of a property; undefined for a parent key, which is an id. */
export function edmTypeOf(name: string): EdmType | undefined {
  return properties.find((property) => property.name === name)?.edmType;
}

export const GRACE_END = "complianceGracePeriodExpirationDateTime";
export const LAST_REPORTED = "lastReportedDateTime";

/** What the service answers as the end of a grace period where there is none. Source: observed, docs/emulator.md. */
export const NO_GRACE_PERIOD = "9999-12-31T23:59:59.9999999Z";

/** .NET's DateTimeOffset.MinValue, which the service stores for what was never set. */
export const NOT_SET = "0001-01-01T00:00:00Z";
