import { INT32_MAX, INT32_MIN } from "../limits";
import { isDateTimeOffset } from "./dateTimeOffset";
import { findProperty, isInVersion } from "./entityType";
import type { ComplexType, EnumType, Property, ScalarType, Version } from "./entityType";
import { isJsonObject } from "./json";
import type { JsonValue } from "./json";

/** Base64url, padding optional: the lexical form OData 4.0 ABNF `binaryValue` and, as .NET reads it, base64. */
const BINARY = /^[A-Za-z0-9+/_-]*={0,2}$/;

/**
 * Why a value does not fit the property, in words that end the sentence "Property 'x' …"; undefined when it fits. beta has all members
 * and properties, so it is what a caller without a version means.
 */
export function misfit(property: Property, value: JsonValue, version: Version = "beta"): string | undefined {
  if (value === null) return property.nullable ? undefined : "must not be null";
  const { type } = property;
  if (typeof type === "string") return scalarMisfit(type, property, value);
  if ("enum" in type) return enumMisfit(type, value, version);
  if ("complex" in type) return complexMisfit(type, value, version);
  if (!Array.isArray(value)) return `must be an array (Collection(${type.collectionOf.complex}))`;
  for (const item of value) {
    const reason = complexMisfit(type.collectionOf, item, version);
    if (reason !== undefined) return `must hold items of ${type.collectionOf.complex}, but one ${reason}`;
  }
  return undefined;
}

function scalarMisfit(type: ScalarType, { range }: Property, value: JsonValue): string | undefined {
  switch (type) {
    case "Edm.String":
      return typeof value === "string" ? undefined : "must be a string (Edm.String)";
    case "Edm.Boolean":
      return typeof value === "boolean" ? undefined : "must be true or false (Edm.Boolean)";
    case "Edm.Binary":
      return typeof value === "string" && BINARY.test(value) ? undefined : "must be base64 text (Edm.Binary)";
    case "Edm.Int32":
      return isInt32(value, range)
        ? undefined
        : `must be a whole number from ${range?.min ?? INT32_MIN} to ${range?.max ?? INT32_MAX} (Edm.Int32)`;
    case "Edm.DateTimeOffset":
      return typeof value === "string" && isDateTimeOffset(value)
        ? undefined
        : "must be a date, a time with seconds and an offset, such as 2026-01-02T03:04:05.6789012Z (Edm.DateTimeOffset)";
    case "Collection(Edm.String)":
      return Array.isArray(value) && value.every((item) => typeof item === "string")
        ? undefined
        : "must be an array of strings (Collection(Edm.String))";
  }
}

function isInt32(
  value: JsonValue,
  { min, max }: { min: number; max: number } = { min: INT32_MIN, max: INT32_MAX },
): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= min && value <= max;
}

function enumMisfit(type: EnumType, value: JsonValue, version: Version): string | undefined {
  const isMember = typeof value === "string" && type.members.includes(value);
  const isHere = version === "beta" || typeof value !== "string" || type.betaMembers?.includes(value) !== true;
  if (isMember && isHere) return undefined;
  const members = type.members.filter((name) => version === "beta" || type.betaMembers?.includes(name) !== true);
  return `must be one of ${members.join(", ")} (${type.enum}, case-sensitive)`;
}

/** A value of an abstract type names its own in `@odata.type`, with or without "#": the documentation's examples write it without. */
function complexMisfit(type: ComplexType, value: JsonValue, version: Version): string | undefined {
  if (!isJsonObject(value)) return `must be an object (microsoft.graph.${type.complex})`;
  const odataType = value["@odata.type"];
  const named = typeof odataType === "string" ? odataType.replace(/^#/, "") : undefined;
  const candidates = type.derived ?? [type];
  const actual =
    odataType === undefined && type.derived === undefined
      ? type
      : candidates.find(({ complex }) => named === `microsoft.graph.${complex}`);
  if (actual === undefined) {
    const names = candidates.map(({ complex }) => `#microsoft.graph.${complex}`);
    return `must have an '@odata.type' of ${names.join(", ")}`;
  }
  for (const [name, inner] of Object.entries(value)) {
    if (name.includes("@")) continue;
    const property = findProperty(actual, name, version);
    if (property === undefined) return `has a property '${name}' that microsoft.graph.${actual.complex} does not have`;
    const reason = misfit(property, inner, version);
    if (reason !== undefined) return `has a property '${name}' that ${reason}`;
  }
  const missing = Object.entries(actual.properties).find(
    ([name, property]) =>
      !property.nullable && property.isOptional !== true && isInVersion(property, version) && value[name] === undefined,
  );
  return missing === undefined ? undefined : `lacks the property '${missing[0]}'`;
}
