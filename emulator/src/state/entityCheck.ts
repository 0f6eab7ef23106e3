import { DEVICE_COMPLIANCE_POLICIES, DEVICE_STATUSES } from "../model/collections";
import type { Entity, EntityType } from "../model/entityType";
import { misfit } from "../model/misfit";

/** Types of what the collections hold, by the collection's path without keys. What is not named here is taken as it is. */
const TYPES: Readonly<Record<string, EntityType>> = {
  [`${DEVICE_COMPLIANCE_POLICIES}/${DEVICE_STATUSES.name}`]: DEVICE_STATUSES.type,
};

/** Why an entity cannot stand in the collection, in words; undefined when it can. */
export function entityFault(collection: string, entity: Entity): string | undefined {
  if (entity.id === "" || entity.id.includes("/")) return "property 'id' must not be empty or contain '/'";
  const template = collection
    .split("/")
    .filter((_, index) => index % 2 === 0)
    .join("/");
  if (template === DEVICE_COMPLIANCE_POLICIES) return policyFault(entity);
  const type = Object.hasOwn(TYPES, template) ? TYPES[template] : undefined;
  return type === undefined ? undefined : propertyFault(type, entity);
}

function policyFault({ displayName, "@odata.type": odataType }: Entity): string | undefined {
  if (typeof displayName !== "string") return "property 'displayName' must be a string";
  const isType = typeof odataType === "string" && odataType.startsWith("#microsoft.graph.");
  return isType
    ? undefined
    : "property '@odata.type' must be a type name such as #microsoft.graph.windows10CompliancePolicy";
}

function propertyFault(type: EntityType, entity: Entity): string | undefined {
  for (const [name, value] of Object.entries(entity)) {
    if (name === "id") continue;
    const property = Object.hasOwn(type.properties, name) ? type.properties[name] : undefined;
    const reason = property === undefined ? `does not exist on ${type.name}` : misfit(property, value, "beta");
    if (reason !== undefined) return `property '${name}' ${reason}`;
  }
  const missing = Object.keys(type.properties).find((name) => !Object.hasOwn(entity, name));
  return missing === undefined ? undefined : `property '${missing}' is missing`;
}
