import { childOf, COLLECTIONS, pathOf } from "../model/collections";
import type { Collection } from "../model/collections";
import { findConcreteType, findProperty, isEntity } from "../model/entityType";
import type { Entity, EntityType, Property } from "../model/entityType";
import type { JsonValue } from "../model/json";
import { misfit } from "../model/misfit";

/** The collection that has this path in the world, `deviceCompliancePolicies/{id}/deviceStatuses`; undefined when none has. */
export function collectionAt(path: string): Collection | undefined {
  const [, containerId] = path.split("/");
  if (containerId === "") return undefined;
  return COLLECTIONS.find(
    (collection) => collection.isEmbedded !== true && pathOf(collection, containerId ?? "") === path,
  );
}

/** Why an entity that comes whole, with its id, cannot stand in the collection, in words; undefined when it can. */
export function entityFault(collection: Collection, entity: Entity): string | undefined {
  if (entity.id === "" || entity.id.includes("/")) return "property 'id' must not be empty or contain '/'";
  const declared = collection.type;
  const type = concreteType(declared, entity);
  if (type === undefined) return `property '@odata.type' must name a concrete ${declared.name}${exampleOf(declared)}`;
  for (const [name, value] of Object.entries(entity)) {
    if (name === "id" || (name === "@odata.type" && type !== declared)) continue;
    const child = childOf(collection, name);
    const reason = child?.isEmbedded === true ? embeddedFault(child, value) : propertyFault(type, name, value);
    if (reason !== undefined) return `property '${name}' ${reason}`;
  }
  // A policy or configuration that an earlier version has kept may lack what was added since; a row is whole.
  const isNeeded = ({ nullable, isOptional, isOnlyGivenBackWhenSent }: Property): boolean =>
    collection.isDated === true ? !nullable && isOptional !== true : isOnlyGivenBackWhenSent !== true;
  const missing = Object.entries(declared.properties).find(
    ([name, property]) => isNeeded(property) && !Object.hasOwn(entity, name),
  );
  return missing === undefined ? undefined : `property '${missing[0]}' is missing`;
}

function concreteType(declared: EntityType, { "@odata.type": odataType }: Entity): EntityType | undefined {
  if (declared.isAbstract !== true) return declared;
  const name = typeof odataType === "string" ? /^#microsoft\.graph\.(\w+)$/.exec(odataType)?.[1] : undefined;
  return name === undefined ? undefined : findConcreteType(declared, name, "beta");
}

function exampleOf({ subtypes = {} }: EntityType): string {
  const [example] = Object.keys(subtypes);
  return example === undefined ? "" : `, such as #microsoft.graph.${example}`;
}

function propertyFault(type: EntityType, name: string, value: JsonValue): string | undefined {
  const property = findProperty(type, name, "beta");
  if (property !== undefined) return misfit(property, value);
  return type.isOpen === true ? undefined : `does not exist on ${type.name}`;
}

/** Kept within the entity that contains them. */
function embeddedFault(collection: Collection, value: JsonValue): string | undefined {
  if (!Array.isArray(value)) return "must be an array of entities";
  for (const [index, item] of value.entries()) {
    if (!isEntity(item)) return `must hold objects with an 'id', a string, but [${index}] is none`;
    const fault = entityFault(collection, item);
    if (fault !== undefined) return `must hold entities of ${collection.type.name}, but of [${index}] ${fault}`;
  }
  return undefined;
}
