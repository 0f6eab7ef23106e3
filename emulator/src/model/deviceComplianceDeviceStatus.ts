import { misfit, VERSIONS } from "./entityType";
import type { Entity, EntityType, Property } from "./entityType";

/** CSDL: EnumType complianceStatus, the same eight members in beta and v1.0; no unknownFutureValue, so not evolvable. */
const COMPLIANCE_STATUSES = [
  "unknown",
  "notApplicable",
  "compliant",
  "remediated",
  "nonCompliant",
  "error",
  "conflict",
  "notAssigned",
] as const;

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

const text: Property = { type: "Edm.String", nullable: true, versions: VERSIONS, default: null };
/** Assumption: what .NET gives a value type that nobody set; captures show this date as "never". */
const instant: Property = {
  type: "Edm.DateTimeOffset",
  nullable: false,
  versions: VERSIONS,
  default: "0001-01-01T00:00:00Z",
};

/**
 * Types and nullability: msgraph-metadata beta CSDL (2021-07-13, and the same in the China cloud of 2022-10-05) and v1.0 CSDL (2026-08-20).
 * `platform` is the one property v1.0 lacks.
 */
const properties: Record<Exclude<keyof DeviceStatusEntity, "id">, Property> = {
  deviceDisplayName: text,
  userName: text,
  deviceModel: text,
  platform: { type: "Edm.Int32", nullable: false, versions: ["beta"], default: 0 },
  complianceGracePeriodExpirationDateTime: instant,
  status: {
    type: { enum: "complianceStatus", members: COMPLIANCE_STATUSES },
    nullable: false,
    versions: VERSIONS,
    default: "unknown",
  },
  lastReportedDateTime: instant,
  userPrincipalName: text,
};

export const deviceComplianceDeviceStatus: EntityType = { name: "deviceComplianceDeviceStatus", properties };

export function isDeviceStatusEntity(entity: Entity): entity is DeviceStatusEntity {
  return Object.entries(properties).every(([name, property]) => {
    const value = entity[name];
    return value !== undefined && misfit(property, value) === undefined;
  });
}
