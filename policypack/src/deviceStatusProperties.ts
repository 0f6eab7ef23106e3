import { deviceComplianceDeviceStatus, type EdmType } from "pulumi-intune/model";

const { parentKeys, properties } = deviceComplianceDeviceStatus;

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
