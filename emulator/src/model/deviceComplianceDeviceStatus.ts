import type { COMPLIANCE_STATUSES } from "./enums";
import type { Entity, EntityType, Property } from "./entityType";
import { deviceStatusProperties } from "./deviceStatusTypes";
import { misfit } from "./misfit";

/** microsoft.graph.deviceComplianceDeviceStatus as the emulator keeps it: dates in the sender's spelling. */
// A type alias and not an interface, because only an alias is assignable to Entity's index signature.
export type DeviceStatusEntity = {
  readonly id: string;
  readonly deviceDisplayName: string | null;
  readonly userName: string | null;
  readonly deviceModel: string | null;
  readonly platform: number;
  readonly complianceGracePeriodExpirationDateTime: string;
  readonly status: (typeof COMPLIANCE_STATUSES)[number];
  readonly lastReportedDateTime: string;
  readonly userPrincipalName: string | null;
};

const properties: Record<Exclude<keyof DeviceStatusEntity, "id">, Property> = deviceStatusProperties;

export const deviceComplianceDeviceStatus: EntityType = { name: "deviceComplianceDeviceStatus", properties };

export function isDeviceStatusEntity(entity: Entity): entity is DeviceStatusEntity {
  return Object.entries(properties).every(([name, property]) => {
    const value = entity[name];
    return value !== undefined && misfit(property, value) === undefined;
  });
}
