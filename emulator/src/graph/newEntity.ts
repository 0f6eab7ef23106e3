import { randomUUID } from "node:crypto";
import { ALL_DEVICES_GROUP_ID, ALL_USERS_GROUP_ID } from "../limits";
import { ASSIGNMENTS, POLICIES } from "../model/collections";
import type { Collection } from "../model/collections";
import type { Entity, Version } from "../model/entityType";
import { isJsonObject } from "../model/json";
import type { JsonObject, JsonValue } from "../model/json";
import { assertOneBlockAction } from "./blockAction";
import { readConcreteType, readNewEntity } from "./entityBody";

/** A new entity of a collection. `now` is the service's own date, ISO 8601; `containerId` the key of the outermost entity around it. */
export function newEntity(
  collection: Collection,
  version: Version,
  body: JsonObject,
  { now, containerId }: { now: () => string; containerId?: string },
): Entity {
  const type = readConcreteType(collection.type, version, body);
  const id = collection === ASSIGNMENTS ? assignmentId(containerId ?? "", body["target"] ?? null) : randomUUID();
  const entity = readNewEntity(type, version, body, id);
  if (collection.type.isAbstract === true) entity["@odata.type"] = `#microsoft.graph.${type.name}`;
  if (collection.isDated === true) {
    entity["createdDateTime"] = now();
    entity["lastModifiedDateTime"] = entity["createdDateTime"];
  }
  if (collection === POLICIES) assertOneBlockAction(entity);
  return entity;
}

/**
 * `{policyId}_{groupId}`, with Intune's own groups for everybody: public exports of policies, such as those of IntuneManagement.
 * Assumption: a target without a group has a GUID.
 */
export function assignmentId(policyId: string, target: JsonValue): string {
  const { "@odata.type": odataType, groupId } = isJsonObject(target) ? target : {};
  const named = typeof odataType === "string" ? odataType.slice(odataType.lastIndexOf(".") + 1) : "";
  if (typeof groupId === "string") return `${policyId}_${groupId}`;
  if (named === "allDevicesAssignmentTarget") return `${policyId}_${ALL_DEVICES_GROUP_ID}`;
  if (named === "allLicensedUsersAssignmentTarget") return `${policyId}_${ALL_USERS_GROUP_ID}`;
  return randomUUID();
}
