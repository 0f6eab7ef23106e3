import { LATER_PROPERTIES, SETTING_COMPLEX_TYPES, SETTING_ENUMS } from "./compliancePolicySettings";
import table from "./compliancePolicyTypes.json";
import { BETA, VERSIONS } from "./entityType";
import type { ComplexType, EdmType, EntityType, Property, Version } from "./entityType";
import type { JsonValue } from "./json";

interface ReadProperty {
  readonly type: string;
  /** CSDL: nullable unless it says no. Absent: it says no. */
  readonly nullable?: boolean;
  /** Absent: both. */
  readonly versions?: readonly string[];
}
interface ReadSubtype {
  readonly versions: readonly string[];
  readonly properties: Readonly<Record<string, ReadProperty>>;
}

/** Written by tools/compliancePolicyTypes.js from Microsoft's CSDL; the sources stand in the file. */
const SUBTYPES: Readonly<Record<string, ReadSubtype>> = table.subtypes;

/** The concrete types of a compliance policy, each with the common properties before its own. */
export function compliancePolicySubtypes(
  common: EntityType["properties"],
  contained: Readonly<Record<string, EntityType>>,
): Record<string, EntityType> {
  const types = Object.entries(SUBTYPES).map(([name, { versions, properties }]): [string, EntityType] => {
    const own = Object.entries(properties).map(([property, read]) => [property, toProperty(read)] as const);
    const later = Object.entries(LATER_PROPERTIES[name] ?? {}).map(
      ([property, type]) => [property, toLaterProperty(type)] as const,
    );
    return [
      name,
      {
        name,
        versions: toVersions(versions),
        properties: { ...common, ...Object.fromEntries([...own, ...later]) },
        contained,
      },
    ];
  });
  return Object.fromEntries(types);
}

function toProperty({ type: name, nullable = false, versions = VERSIONS }: ReadProperty): Property {
  const type = toEdmType(name);
  return { type, nullable, versions: toVersions(versions), default: unset(type, nullable), isOptional: true };
}

function toLaterProperty(name: string): Property {
  return { type: toEdmType(name), nullable: true, versions: BETA, default: null, isOnlyGivenBackWhenSent: true };
}

function toVersions(names: readonly string[]): Version[] {
  return VERSIONS.filter((version) => names.includes(version));
}

/**
 * Assumption: a setting nobody gave is null, else what .NET gives its type, and a collection is empty; public exports of policies show
 * false, null, deviceDefault, unavailable and [] for settings that were not configured.
 */
function unset(type: EdmType, nullable: boolean): JsonValue {
  if (typeof type === "object" && "collectionOf" in type) return [];
  if (nullable) return null;
  if (typeof type === "object" && "enum" in type) return type.members[0] ?? null;
  return type === "Edm.Boolean" ? false : 0;
}

function toEdmType(name: string): EdmType {
  if (name === "Edm.String" || name === "Edm.Int32" || name === "Edm.Boolean") return name;
  const collected = /^Collection\(graph\.(\w+)\)$/.exec(name)?.[1];
  if (collected !== undefined) return { collectionOf: complexType(collected) };
  const named = name.replace(/^graph\./, "");
  return SETTING_ENUMS.find((candidate) => candidate.enum === named) ?? complexType(named);
}

function complexType(name: string): ComplexType {
  const type = SETTING_COMPLEX_TYPES.find(({ complex }) => complex === name);
  if (type === undefined) throw new Error(`compliancePolicyTypes.json names ${name}, which no table describes`);
  return type;
}
