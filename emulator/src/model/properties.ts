import { VERSIONS } from "./entityType";
import type { EnumType, Property } from "./entityType";

/** What many tables share: Edm type, nullability, and what a property holds that nobody gave. */
export const nullableText: Property = { type: "Edm.String", nullable: true, versions: VERSIONS, default: null };

/** Assumption: what .NET gives a value type that nobody set; captures show this date as "never". */
export const instant: Property = {
  type: "Edm.DateTimeOffset",
  nullable: false,
  versions: VERSIONS,
  default: "0001-01-01T00:00:00Z",
};

export const int32: Property = { type: "Edm.Int32", nullable: false, versions: VERSIONS, default: 0 };

/** Assumption: what nobody gave is the member of number 0, as for any .NET enumeration; the tables name that one. */
export function member(type: EnumType, unset: string): Property {
  return { type, nullable: false, versions: VERSIONS, default: unset };
}

/** createdDateTime, description and their like, which every policy and configuration has. */
export const created: Property = { ...instant, default: null, isOptional: true, isSetByService: true };
export const displayName: Property = { type: "Edm.String", nullable: false, versions: VERSIONS, default: null };
export const version: Property = { ...int32, default: 1, isOptional: true, isSetByService: true };
export const roleScopeTagIds: Property = {
  type: "Collection(Edm.String)",
  nullable: true,
  versions: ["beta"],
  default: ["0"],
};
