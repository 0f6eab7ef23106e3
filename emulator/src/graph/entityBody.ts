import { findProperty, misfit } from "../model/entityType";
import type { EntityType, Version } from "../model/entityType";
import type { JsonObject, JsonValue } from "../model/json";
import { badRequest } from "./graphError";

const NAMESPACE = "microsoft.graph.";

/** The type a body names in `@odata.type`, without namespace; undefined when it names none. OData JSON 4.0 section 4.5.3. */
export function odataTypeOf(body: JsonObject): string | undefined {
  const value = body["@odata.type"];
  if (value === undefined) return undefined;
  const name = typeof value === "string" ? value.replace(/^#/, "") : "";
  if (!name.startsWith(NAMESPACE)) {
    throw badRequest(
      `Property '@odata.type' must be a type name such as #${NAMESPACE}entity; got ${JSON.stringify(value)}.`,
    );
  }
  return name.slice(NAMESPACE.length);
}

/** Annotations other than @odata.type are for whoever knows them: OData JSON 4.0 section 4.5 lets a service ignore the rest. */
export function isAnnotation(name: string): boolean {
  return name.includes("@");
}

/** The given properties of a closed type, each one known in this version and of the right Edm type. */
function readProperties(type: EntityType, version: Version, body: JsonObject): Map<string, JsonValue> {
  const named = odataTypeOf(body);
  if (named !== undefined && named !== type.name) {
    throw badRequest(`Property '@odata.type' must be #${NAMESPACE}${type.name}; got #${NAMESPACE}${named}.`);
  }
  const given = new Map<string, JsonValue>();
  for (const [name, value] of Object.entries(body)) {
    if (isAnnotation(name)) continue;
    const property = findProperty(type, name, version);
    if (property === undefined) {
      throw badRequest(`Property '${name}' does not exist on type ${NAMESPACE}${type.name} in ${version}.`);
    }
    const reason = misfit(property, value);
    if (reason !== undefined) throw badRequest(`Property '${name}' of ${NAMESPACE}${type.name} ${reason}.`);
    given.set(name, value);
  }
  return given;
}

/**
 * All properties of a new entity. Assumption: a missing non-nullable property is refused; the documentation lists all of them as needed
 * "when you create", and a service that filled in 0001-01-01 would hide a sender's mistake.
 */
export function readNewEntity(type: EntityType, version: Version, body: JsonObject): Record<string, JsonValue> {
  if (Object.hasOwn(body, "id")) {
    throw badRequest(`Property 'id' of ${NAMESPACE}${type.name} is assigned by the service and must not be sent.`);
  }
  const given = readProperties(type, version, body);
  return Object.fromEntries(
    Object.entries(type.properties).map(([name, property]) => {
      const value = given.get(name);
      if (value !== undefined) return [name, value];
      if (!property.nullable && property.versions.includes(version)) {
        throw badRequest(`Property '${name}' of ${NAMESPACE}${type.name} is required and is missing.`);
      }
      return [name, property.default];
    }),
  );
}

/** The properties to change. A key that repeats the address is let through, any other is refused: OData protocol 4.0 section 11.4.3. */
export function readChanges(
  type: EntityType,
  version: Version,
  id: string,
  body: JsonObject,
): Record<string, JsonValue> {
  const { id: sentId, ...rest } = body;
  if (sentId !== undefined && sentId !== id) {
    throw badRequest(`Property 'id' of ${NAMESPACE}${type.name} cannot be changed.`);
  }
  return Object.fromEntries(readProperties(type, version, rest));
}
