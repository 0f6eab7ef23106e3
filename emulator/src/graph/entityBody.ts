import { randomUUID } from "node:crypto";
import { findConcreteType, isInVersion, propertiesByName, propertiesIn } from "../model/entityType";
import type { EntityType, Property, Version } from "../model/entityType";
import { isJsonObject } from "../model/json";
import type { JsonObject, JsonValue } from "../model/json";
import { misfit } from "../model/misfit";
import { badRequest } from "./graphError";

const NAMESPACE = "microsoft.graph.";

/** The type a body names in `@odata.type`, without namespace; undefined when it names none. OData JSON 4.0 section 4.5.3. */
function odataTypeOf(body: JsonObject): string | undefined {
  const value = body["@odata.type"];
  if (value === undefined) return undefined;
  const name = typeof value !== "string" ? "" : value.startsWith("#") ? value.slice(1) : value;
  if (!name.startsWith(NAMESPACE)) {
    throw badRequest(
      `Property '@odata.type' must be a type name such as #${NAMESPACE}entity; got ${JSON.stringify(value)}.`,
    );
  }
  return name.slice(NAMESPACE.length);
}

/** The type of a new entity. Mandatory in the body where the collection's declared type is abstract: OData JSON 4.0 section 4.5.3. */
export function readConcreteType(declared: EntityType, version: Version, body: JsonObject): EntityType {
  if (declared.isAbstract !== true) return declared;
  const named = odataTypeOf(body);
  const type = named === undefined ? undefined : findConcreteType(declared, named, version);
  if (type !== undefined) return type;
  const known = Object.values(declared.subtypes ?? {}).filter((subtype) => isInVersion(subtype, version));
  const names = known.length === 0 ? "" : `: ${known.map(({ name }) => `#${NAMESPACE}${name}`).join(", ")}`;
  throw badRequest(
    `Property '@odata.type' must name a concrete ${declared.name} of ${version}${names}; got ${JSON.stringify(body["@odata.type"] ?? null)}.`,
  );
}

/** Annotations other than @odata.type are for whoever knows them: OData JSON 4.0 section 4.5 lets a service ignore the rest. */
export function isAnnotation(name: string): boolean {
  return name.includes("@");
}

/** Puts the given properties into `target`, each one known in this version and of the right Edm type; not those the service sets, nor the contained. */
function readProperties(type: EntityType, version: Version, body: JsonObject, target: JsonObject): void {
  const named = odataTypeOf(body);
  if (named !== undefined && named !== type.name) {
    throw badRequest(`Property '@odata.type' must be #${NAMESPACE}${type.name}; got #${NAMESPACE}${named}.`);
  }
  const known = propertiesByName(type, version);
  // No entries, which would be as many small arrays on the way of each write.
  for (const name of Object.keys(body)) {
    const value = body[name] ?? null;
    if (isAnnotation(name) || isContained(type, name)) continue;
    const property = known.get(name);
    if (property === undefined) {
      assertOpen(type, name, version);
      target[name] = value;
      continue;
    }
    const reason = misfit(property, value, version);
    if (reason !== undefined) throw badRequest(`Property '${name}' of ${NAMESPACE}${type.name} ${reason}.`);
    if (property.isSetByService !== true) target[name] = value;
  }
}

function isContained({ contained }: EntityType, name: string): boolean {
  return contained !== undefined && Object.hasOwn(contained, name);
}

/** Also keeps names such as `__proto__` out, so that what is given can be put into a plain object. */
function assertOpen(type: EntityType, name: string, version: Version): void {
  const isOtherVersions = Object.hasOwn(type.properties, name);
  if (type.isOpen === true && !isOtherVersions && name !== "id" && /^[a-z][A-Za-z0-9]*$/.test(name)) return;
  throw badRequest(`Property '${name}' does not exist on type ${NAMESPACE}${type.name} in ${version}.`);
}

type NewEntity = JsonObject & { readonly id: string };

/**
 * An entity with that key, all its properties and the entities it contains. Assumption: a missing non-nullable property is refused; the
 * documentation lists all of them as needed "when you create", and a service that filled in 0001-01-01 would hide a sender's mistake.
 */
export function readNewEntity(
  type: EntityType,
  version: Version,
  body: JsonObject,
  id: string,
): JsonObject & { id: string } {
  if (Object.hasOwn(body, "id")) {
    throw badRequest(`Property 'id' of ${NAMESPACE}${type.name} is assigned by the service and must not be sent.`);
  }
  const entity: NewEntity = { id };
  readProperties(type, version, body, entity);
  for (const [name, property] of propertiesIn(type, "all")) {
    if (entity[name] !== undefined) continue;
    assertNotRequired(type, version, name, property);
    if (property.isOnlyGivenBackWhenSent !== true) entity[name] = property.default;
  }
  for (const [name, innerType] of Object.entries(type.contained ?? {})) {
    entity[name] = readContained(name, innerType, version, body[name] ?? []);
  }
  return entity;
}

function assertNotRequired(type: EntityType, version: Version, name: string, property: Property): void {
  if (property.nullable || property.isOptional === true || !isInVersion(property, version)) return;
  throw badRequest(`Property '${name}' of ${NAMESPACE}${type.name} is required and is missing.`);
}

/** Entities sent within another one or as the parameter of an action. The service gives them their keys; one that was sent is not used. */
export function readContained(name: string, type: EntityType, version: Version, value: JsonValue): JsonObject[] {
  if (!Array.isArray(value) || !value.every(isJsonObject))
    throw badRequest(`Property '${name}' must be an array of objects.`);
  return value.map((item) => {
    const { id: sentId, ...rest } = item;
    if (sentId !== undefined && typeof sentId !== "string")
      throw badRequest(`Property 'id' in '${name}' must be a string.`);
    return readNewEntity(type, version, rest, randomUUID());
  });
}

/** The properties to change. A key that repeats the address is let through, any other is refused: OData protocol 4.0 section 11.4.3. */
export function readChanges(type: EntityType, version: Version, id: string, body: JsonObject): JsonObject {
  const { id: sentId, ...rest } = body;
  if (sentId !== undefined && sentId !== id) {
    throw badRequest(`Property 'id' of ${NAMESPACE}${type.name} cannot be changed.`);
  }
  const contained = Object.keys(rest).find((name) => isContained(type, name));
  if (contained !== undefined) {
    throw badRequest(
      `Property '${contained}' of ${NAMESPACE}${type.name} cannot be changed with the entity: use its own path or action.`,
    );
  }
  const changes: JsonObject = {};
  readProperties(type, version, rest, changes);
  return changes;
}
