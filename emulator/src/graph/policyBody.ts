import {
  deviceCompliancePolicy,
  NAVIGATION_PROPERTIES,
  SERVICE_SET_PROPERTIES,
  subtypesOf,
} from "../model/deviceCompliancePolicy";
import { findProperty, misfit } from "../model/entityType";
import type { Version } from "../model/entityType";
import { isJsonObject } from "../model/json";
import type { JsonObject, JsonValue } from "../model/json";
import { isAnnotation, odataTypeOf } from "./entityBody";
import { badRequest } from "./graphError";
import { readScheduledActionsForRule } from "./scheduledActions";

/** The properties of a new compliance policy. `now` is the service's own date for createdDateTime and lastModifiedDateTime. */
export function readNewPolicy(version: Version, body: JsonObject, now: string): Record<string, JsonValue> {
  const subtype = readSubtype(version, body);
  const { displayName, scheduledActionsForRule, ...rest } = body;
  if (displayName === undefined)
    throw badRequest("Property 'displayName' of a compliance policy is required and is missing.");
  const given: [string, JsonValue][] = [];
  for (const [name, value] of Object.entries({ ...rest, displayName })) {
    if (isAnnotation(name)) continue;
    checkProperty(version, subtype, name, value);
    if (!SERVICE_SET_PROPERTIES.includes(name)) given.push([name, value]);
  }
  return Object.fromEntries<JsonValue>([
    ["@odata.type", `#microsoft.graph.${subtype}`],
    ...Object.entries(deviceCompliancePolicy.properties).map(([name, property]): [string, JsonValue] => [
      name,
      property.default,
    ]),
    ...given,
    ["createdDateTime", now],
    ["lastModifiedDateTime", now],
    ["scheduledActionsForRule", readScheduledActionsForRule(version, scheduledActionsForRule)],
  ]);
}

/** Mandatory, since the declared type of the collection is abstract: OData JSON 4.0 section 4.5.3. */
function readSubtype(version: Version, body: JsonObject): string {
  const subtype = odataTypeOf(body);
  const known = subtypesOf(version);
  if (subtype !== undefined && known.includes(subtype)) return subtype;
  throw badRequest(
    `Property '@odata.type' must name a concrete compliance policy of ${version}: ` +
      `${known.map((name) => `#microsoft.graph.${name}`).join(", ")}; got ${JSON.stringify(body["@odata.type"] ?? null)}.`,
  );
}

function checkProperty(version: Version, subtype: string, name: string, value: JsonValue): void {
  const common = findProperty(deviceCompliancePolicy, name, version);
  if (common !== undefined) {
    const reason = misfit(common, value);
    if (reason !== undefined) throw badRequest(`Property '${name}' of microsoft.graph.${subtype} ${reason}.`);
    return;
  }
  const closed =
    name === "id" || NAVIGATION_PROPERTIES.includes(name) || Object.hasOwn(deviceCompliancePolicy.properties, name);
  // Assumption: the subtypes' own properties are not listed here, so any well-formed name is taken, with a scalar or an array.
  if (closed || !/^[a-z][A-Za-z0-9]*$/.test(name)) {
    throw badRequest(`Property '${name}' cannot be sent for microsoft.graph.${subtype} in ${version}.`);
  }
  if (isJsonObject(value)) throw badRequest(`Property '${name}' of microsoft.graph.${subtype} must not be an object.`);
}
