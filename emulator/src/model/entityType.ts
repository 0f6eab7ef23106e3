import { isJsonObject } from "./json";
import type { JsonValue } from "./json";

export type Version = "beta" | "v1.0";
export const VERSIONS: readonly Version[] = ["beta", "v1.0"];
export const BETA: readonly Version[] = ["beta"];

/** Members are matched by name and case: CSDL enumerations without IsFlags, JSON form of OData 4.0. */
export interface EnumType {
  readonly enum: string;
  readonly members: readonly string[];
  /** Those of them that v1.0 lacks. */
  readonly betaMembers?: readonly string[];
}

/** CSDL ComplexType: a structure without a key. */
export interface ComplexType {
  readonly complex: string;
  readonly properties: Readonly<Record<string, Property>>;
  /** Present on an abstract type: those a value must name in its `@odata.type`. */
  readonly derived?: readonly ComplexType[];
}

export type ScalarType =
  "Edm.String" | "Edm.Int32" | "Edm.Boolean" | "Edm.Binary" | "Edm.DateTimeOffset" | "Collection(Edm.String)";
export type EdmType = ScalarType | EnumType | ComplexType | { readonly collectionOf: ComplexType };

export interface Property {
  readonly type: EdmType;
  readonly nullable: boolean;
  readonly versions: readonly Version[];
  /** What the property holds when nobody gave it. */
  readonly default: JsonValue;
  /** May be missing in a new entity although it is not nullable. */
  readonly isOptional?: true;
  /** The service sets it. A value that is sent is checked and then not used. */
  readonly isSetByService?: true;
  /** Accepted, and null in every answer. */
  readonly isNeverGivenBack?: true;
  /** Not in answers until somebody gave it. */
  readonly isOnlyGivenBackWhenSent?: true;
  /** Inclusive, of an Edm.Int32. */
  readonly range?: { readonly min: number; readonly max: number };
}

/** One entity type as data: another one of the family is another table, not other code. */
export interface EntityType {
  readonly name: string;
  /** Default: both. */
  readonly versions?: readonly Version[];
  /** In the order the documentation page's response example shows them. */
  readonly properties: Readonly<Record<string, Property>>;
  /** An instance must name a concrete type in `@odata.type`: one of `subtypes`, or any where the subtypes are not listed. */
  readonly isAbstract?: true;
  readonly subtypes?: Readonly<Record<string, EntityType>>;
  /** Properties that are not listed are taken and given back as they were sent. */
  readonly isOpen?: true;
  /** Contained entities that may be sent within a new one, by navigation property. */
  readonly contained?: Readonly<Record<string, EntityType>>;
}

/** An instance. `id` is its key; a property name that is not there reads as undefined. */
export interface Entity {
  readonly id: string;
  readonly [property: string]: JsonValue;
}

type NamedProperties = readonly (readonly [name: string, property: Property])[];

interface Listed {
  readonly named: Readonly<Record<Version | "all", NamedProperties>>;
  readonly byName: Readonly<Record<Version, ReadonlyMap<string, Property>>>;
}

/** Worked out once for each table, since every entity that is read or answered asks for it. */
const listed = new WeakMap<EntityType["properties"], Listed>();

function listedOf({ properties }: Pick<EntityType, "properties">): Listed {
  const known = listed.get(properties);
  if (known !== undefined) return known;
  const all = Object.entries(properties);
  const of = (wanted: Version): NamedProperties => all.filter(([, { versions }]) => versions.includes(wanted));
  const named = { all, beta: of("beta"), "v1.0": of("v1.0") };
  const worked = { named, byName: { beta: new Map(named.beta), "v1.0": new Map(named["v1.0"]) } };
  listed.set(properties, worked);
  return worked;
}

/** The property, if the type has it in this version. Own properties only: "constructor" is no property. */
export function findProperty(
  type: Pick<EntityType, "properties">,
  name: string,
  version: Version,
): Property | undefined {
  return propertiesByName(type, version).get(name);
}

/** As `findProperty`, for whoever looks for many. */
export function propertiesByName(
  type: Pick<EntityType, "properties">,
  version: Version,
): ReadonlyMap<string, Property> {
  return listedOf(type).byName[version];
}

/** The properties of a type with their names: those of one version, or all. */
export function propertiesIn(type: EntityType, version: Version | "all"): NamedProperties {
  return listedOf(type).named[version];
}

/**
 * The type an entity says it is of, where its declared type is abstract; the declared one where this version does not know it.
 */
export function typeOfEntity(declared: EntityType, entity: Entity, version: Version): EntityType {
  if (declared.isAbstract !== true) return declared;
  const { "@odata.type": odataType } = entity;
  const name = typeof odataType === "string" ? odataType.slice(odataType.lastIndexOf(".") + 1) : declared.name;
  return findConcreteType(declared, name, version) ?? declared;
}

/** The concrete type of that name below an abstract one. Where subtypes are not listed, any well-formed name is one. */
export function findConcreteType(declared: EntityType, name: string, version: Version): EntityType | undefined {
  const { subtypes } = declared;
  if (subtypes === undefined) {
    return name !== declared.name && /^[a-z][A-Za-z0-9]*$/.test(name) ? { ...declared, name } : undefined;
  }
  const subtype = Object.hasOwn(subtypes, name) ? subtypes[name] : undefined;
  return subtype !== undefined && isInVersion(subtype, version) ? subtype : undefined;
}

export function isInVersion({ versions }: { readonly versions?: readonly Version[] }, version: Version): boolean {
  return versions === undefined || versions.includes(version);
}

/** True for a JSON object with a key. */
export function isEntity(value: unknown): value is Entity {
  return isJsonObject(value) && typeof value["id"] === "string";
}
