import { randomUUID } from "node:crypto";
import type { Emulation } from "./emulation";
import { DEVICE_COMPLIANCE_POLICIES, DEVICE_STATUSES, pathOf } from "./model/collections";
import { isDeviceStatusEntity } from "./model/deviceComplianceDeviceStatus";
import type { DeviceStatusEntity } from "./model/deviceComplianceDeviceStatus";
import type { DeviceCompliancePolicyEntity } from "./model/deviceCompliancePolicy";
import { misfit } from "./model/misfit";
import type { Entity } from "./model/entityType";
import type { JsonValue } from "./model/json";
import type { World } from "./world/world";

/** The tenant's state asked and edited directly, past HTTP, profiles and faults: the other hand that makes drift. */
export interface DeviceStatusStore {
  policies(): readonly DeviceCompliancePolicyEntity[];
  deviceStatuses(deviceCompliancePolicyId: string): readonly DeviceStatusEntity[];
  /** Overwrites the given properties of the row with that id, or inserts a row; what is not given gets the service's default. */
  putDeviceStatus(deviceCompliancePolicyId: string, row: Partial<DeviceStatusEntity>): Promise<DeviceStatusEntity>;
  deleteDeviceStatus(deviceCompliancePolicyId: string, id: string): Promise<boolean>;
}

export function deviceStatusStore(emulation: Emulation, world: World): DeviceStatusStore {
  return {
    policies: () => structuredClone(world.list(DEVICE_COMPLIANCE_POLICIES).map(toPolicy)),
    deviceStatuses: (policyId) => structuredClone(world.list(pathOf(DEVICE_STATUSES, policyId)).map(toDeviceStatus)),
    putDeviceStatus: (policyId, row) => putDeviceStatus(emulation, world, policyId, row),
    deleteDeviceStatus: (policyId, id) => world.delete(pathOf(DEVICE_STATUSES, policyId), id),
  };
}

async function putDeviceStatus(
  emulation: Emulation,
  world: World,
  policyId: string,
  row: Partial<DeviceStatusEntity>,
): Promise<DeviceStatusEntity> {
  const path = pathOf(DEVICE_STATUSES, policyId);
  const id = row.id ?? newId(emulation, policyId);
  const given = checkRow(row);
  const merged = await world.merge(path, id, given);
  if (merged !== undefined) return structuredClone(toDeviceStatus(merged));
  const entity = { ...defaults(), ...given, id };
  if (!(await world.put(path, entity))) throw new Error(`there is no deviceCompliancePolicy ${policyId}`);
  return structuredClone(toDeviceStatus(entity));
}

/** observed: keys are `{guid}_{policyId}_{guid}`, the middle one the policy's (microsoft-graph-docs #9230, #15197 and pull request #21172). */
function newId({ profile }: Emulation, policyId: string): string {
  return profile === "observed" ? `${randomUUID()}_${policyId}_${randomUUID()}` : randomUUID();
}

function defaults(): Record<string, JsonValue> {
  return Object.fromEntries(
    Object.entries(DEVICE_STATUSES.type.properties).map(([name, property]) => [name, property.default]),
  );
}

function checkRow(row: Partial<DeviceStatusEntity>): Record<string, JsonValue> {
  const given = Object.entries(row).filter(([name]) => name !== "id");
  for (const [name, value] of given) {
    const { properties } = DEVICE_STATUSES.type;
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const reason = property === undefined ? "does not exist" : misfit(property, value);
    if (reason !== undefined) throw new Error(`deviceComplianceDeviceStatus: property '${name}' ${reason}`);
  }
  return Object.fromEntries(given);
}

function toDeviceStatus(entity: Entity): DeviceStatusEntity {
  if (isDeviceStatusEntity(entity)) return entity;
  throw new Error(`entity ${entity.id} is no deviceComplianceDeviceStatus`);
}

function toPolicy(entity: Entity): DeviceCompliancePolicyEntity {
  const { "@odata.type": odataType, displayName } = entity;
  if (typeof odataType !== "string" || typeof displayName !== "string")
    throw new Error(`entity ${entity.id} is no compliance policy`);
  return { ...entity, "@odata.type": odataType, displayName };
}
