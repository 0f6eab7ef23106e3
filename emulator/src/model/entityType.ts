import { INT32_MAX, INT32_MIN } from "../limits";
import { parseDateTimeOffset } from "./dateTimeOffset";
import { isJsonObject } from "./json";
import type { JsonValue } from "./json";

export type Version = "beta" | "v1.0";
export const VERSIONS: readonly Version[] = ["beta", "v1.0"];

/** Members are matched by name and case: CSDL enumerations without IsFlags, JSON form of OData 4.0. */
export interface EnumType {
  readonly enum: string;
  readonly members: readonly string[];
}
export type EdmType = "Edm.String" | "Edm.Int32" | "Edm.DateTimeOffset" | "Collection(Edm.String)" | EnumType;

export interface Property {
  readonly type: EdmType;
  readonly nullable: boolean;
  readonly versions: readonly Version[];
  /** What the property holds when nobody gave it. */
  readonly default: JsonValue;
}

/** One entity type as data: another one of the family is another table, not other code. */
export interface EntityType {
  readonly name: string;
  /** In the order the documentation page's response example shows them. */
  readonly properties: Readonly<Record<string, Property>>;
}

/** An instance. `id` is its key; a property name that is not there reads as undefined. */
export interface Entity {
  readonly id: string;
  readonly [property: string]: JsonValue;
}

/** The property, if the type has it in this version. Own properties only: "constructor" is no property. */
export function findProperty(type: EntityType, name: string, version: Version): Property | undefined {
  const property = Object.hasOwn(type.properties, name) ? type.properties[name] : undefined;
  return property?.versions.includes(version) === true ? property : undefined;
}

/** Why a value does not fit the property, in words that end the sentence "Property 'x' …"; undefined when it fits. */
export function misfit(property: Property, value: JsonValue): string | undefined {
  if (value === null) return property.nullable ? undefined : "must not be null";
  const { type } = property;
  if (typeof type === "object") {
    return typeof value === "string" && type.members.includes(value)
      ? undefined
      : `must be one of ${type.members.join(", ")} (${type.enum}, case-sensitive)`;
  }
  switch (type) {
    case "Edm.String":
      return typeof value === "string" ? undefined : "must be a string (Edm.String)";
    case "Edm.Int32":
      return isInt32(value) ? undefined : "must be a whole number from -2147483648 to 2147483647 (Edm.Int32)";
    case "Edm.DateTimeOffset":
      return typeof value === "string" && parseDateTimeOffset(value) !== undefined
        ? undefined
        : "must be a date, a time with seconds and an offset, such as 2026-01-02T03:04:05.6789012Z (Edm.DateTimeOffset)";
    case "Collection(Edm.String)":
      return Array.isArray(value) && value.every((item) => typeof item === "string")
        ? undefined
        : "must be an array of strings (Collection(Edm.String))";
  }
}

export function isInt32(value: JsonValue): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= INT32_MIN && value <= INT32_MAX;
}

/** True for a JSON object with a key. */
export function isEntity(value: unknown): value is Entity {
  return isJsonObject(value) && typeof value["id"] === "string";
}
