import { toServiceSpelling } from "../model/dateTimeOffset";
import { propertiesIn, typeOfEntity } from "../model/entityType";
import type { Entity, EntityType, Property, Version } from "../model/entityType";
import type { JsonValue } from "../model/json";
import type { Profile } from "../options";

export type Wire = Record<string, JsonValue>;

/**
 * An entity as it is answered. documented: the pages' examples carry `@odata.type` and give dates back as they were sent.
 * observed: captures carry no `@odata.type` but for derived types, and dates as `Z` with seven digits (microsoft-graph-docs #9230, #15197).
 */
export function toWire(declared: EntityType, entity: Entity, version: Version, profile: Profile): Wire {
  const type = typeOfEntity(declared, entity, version);
  const wire: Wire = {};
  if (declared.isAbstract === true) wire["@odata.type"] = entity["@odata.type"] ?? null;
  else if (profile === "documented") wire["@odata.type"] = `#microsoft.graph.${type.name}`;
  wire["id"] = entity.id;
  for (const [name, property] of propertiesIn(type, version)) {
    const value = entity[name];
    if (value === undefined && property.isOnlyGivenBackWhenSent === true) continue;
    wire[name] = property.isNeverGivenBack === true ? null : spelled(property, value ?? property.default, profile);
  }
  return type.isOpen === true ? { ...wire, ...unlisted(type, entity) } : wire;
}

function spelled({ type }: Property, value: JsonValue, profile: Profile): JsonValue {
  const isDate = profile === "observed" && type === "Edm.DateTimeOffset" && typeof value === "string";
  return isDate ? toServiceSpelling(value) : value;
}

function unlisted(type: EntityType, entity: Entity): Wire {
  const own = Object.entries(entity).filter(
    ([name]) => name !== "id" && name !== "@odata.type" && !Object.hasOwn(type.properties, name),
  );
  return Object.fromEntries(own);
}
