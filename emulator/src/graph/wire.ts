import { deviceCompliancePolicy } from "../model/deviceCompliancePolicy";
import { toServiceSpelling } from "../model/dateTimeOffset";
import type { Entity, EntityType, Version } from "../model/entityType";
import { isJsonObject } from "../model/json";
import type { JsonValue } from "../model/json";
import type { Profile } from "../options";

type Wire = Record<string, JsonValue>;

/**
 * An entity as it is answered. documented: the pages' examples carry `@odata.type` and give dates back as they were sent.
 * observed: captures carry no `@odata.type` for this non-derived type, and dates as `Z` with seven digits (microsoft-graph-docs #9230, #15197).
 */
export function toWire(type: EntityType, entity: Entity, version: Version, profile: Profile): Wire {
  const { id } = entity;
  const head: Wire = profile === "documented" ? { "@odata.type": `#microsoft.graph.${type.name}`, id } : { id };
  return { ...head, ...propertiesOf(type, entity, version, profile) };
}

/**
 * A policy with the properties of its subtype. scheduledActionsForRule is a navigation property, so it comes only when expanded, and its
 * ruleName is never given back (microsoft-graph-docs #4983, #16701).
 */
export function toPolicyWire(entity: Entity, version: Version, profile: Profile, expand: boolean): Wire {
  const { id, "@odata.type": odataType = null, scheduledActionsForRule = [], ...rest } = entity;
  const ownOfSubtype = Object.entries(rest).filter(([name]) => !Object.hasOwn(deviceCompliancePolicy.properties, name));
  const wire: Wire = {
    "@odata.type": odataType,
    id,
    ...propertiesOf(deviceCompliancePolicy, entity, version, profile),
    ...Object.fromEntries(ownOfSubtype),
  };
  if (!expand || !Array.isArray(scheduledActionsForRule)) return wire;
  const rules = scheduledActionsForRule.filter(isJsonObject).map((rule) => ({ ...rule, ruleName: null }));
  return { ...wire, scheduledActionsForRule: rules };
}

function propertiesOf(type: EntityType, entity: Entity, version: Version, profile: Profile): Wire {
  const served = Object.entries(type.properties).filter(([, property]) => property.versions.includes(version));
  return Object.fromEntries(
    served.map(([name, property]) => {
      const value = entity[name] ?? property.default;
      const isDate = property.type === "Edm.DateTimeOffset" && typeof value === "string";
      return [name, isDate && profile === "observed" ? toServiceSpelling(value) : value];
    }),
  );
}
