import { parseDateTimeOffset } from "../model/dateTimeOffset";
import { findProperty } from "../model/entityType";
import type { EdmType, Entity, EntityType, EnumType, ScalarType, Version } from "../model/entityType";
import { badQuery } from "./badQuery";

/** What two values of one property are compared by: dates as 100 ns ticks, members of an enumeration by their place in it. */
export type Comparable = string | number | bigint | boolean | null;

/** The types of which two values can be compared. */
type SingleType = Exclude<ScalarType, "Collection(Edm.String)" | "Edm.Binary"> | EnumType;

/** A property as the query options see it. */
export interface Operand {
  readonly name: string;
  readonly type: SingleType;
  /** The value of the property in an entity, ready to be compared. */
  readonly read: (entity: Entity) => Comparable;
}

const KEY_TYPE: SingleType = "Edm.String";

/** @throws {GraphError} 400 naming the option, for a property that the type does not have in this version. */
export function operandOf(option: string, name: string, type: EntityType, version: Version): Operand {
  const property = name === "id" ? { type: KEY_TYPE, default: null } : findProperty(type, name, version);
  if (property === undefined) {
    throw badQuery(option, `names '${name}', which is no property of microsoft.graph.${type.name} in ${version}`);
  }
  const { type: edmType } = property;
  if (!isSingle(edmType)) throw badQuery(option, `names '${name}', which has no single value to compare`);
  return { name, type: edmType, read: (entity) => comparable(edmType, entity[name] ?? property.default) };
}

function isSingle(type: EdmType): type is SingleType {
  return typeof type === "string" ? type !== "Collection(Edm.String)" && type !== "Edm.Binary" : "enum" in type;
}

function comparable(type: SingleType, value: unknown): Comparable {
  if (typeof type === "object") return typeof value === "string" ? type.members.indexOf(value) : null;
  if (type === "Edm.DateTimeOffset") return typeof value === "string" ? (parseDateTimeOffset(value) ?? null) : null;
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}

/** Below 0, 0 or above 0. Null comes before everything: OData URL conventions 4.01 section 5.1.1.9 on `$orderby`. */
export function compare(one: Comparable, other: Comparable): number {
  if (one === other) return 0;
  if (one === null) return -1;
  if (other === null) return 1;
  return one < other ? -1 : 1;
}
