import { VERSIONS } from "./entityType";
import type { EntityType, Version } from "./entityType";
import type { JsonValue } from "./json";

/** A concrete subtype of microsoft.graph.deviceCompliancePolicy; the properties of the subtype stand beside the common ones. */
export interface DeviceCompliancePolicyEntity {
  readonly id: string;
  readonly "@odata.type": string;
  readonly displayName: string;
  readonly [property: string]: JsonValue;
}

/** msgraph-metadata CSDL, EntityType deviceCompliancePolicy (abstract). roleScopeTagIds is not in v1.0. */
export const deviceCompliancePolicy: EntityType = {
  name: "deviceCompliancePolicy",
  properties: {
    roleScopeTagIds: { type: "Collection(Edm.String)", nullable: true, versions: ["beta"], default: ["0"] },
    createdDateTime: { type: "Edm.DateTimeOffset", nullable: false, versions: VERSIONS, default: null },
    description: { type: "Edm.String", nullable: true, versions: VERSIONS, default: null },
    lastModifiedDateTime: { type: "Edm.DateTimeOffset", nullable: false, versions: VERSIONS, default: null },
    displayName: { type: "Edm.String", nullable: false, versions: VERSIONS, default: null },
    version: { type: "Edm.Int32", nullable: false, versions: VERSIONS, default: 1 },
  },
};

/** Set by the service. Assumption: a value sent for one of them is checked and then not used, as for other Intune policies. */
export const SERVICE_SET_PROPERTIES: readonly string[] = ["createdDateTime", "lastModifiedDateTime", "version"];

/** CSDL: contained navigation properties. They are addressed by their own path and cannot be sent within a policy. */
export const NAVIGATION_PROPERTIES: readonly string[] = [
  "assignments",
  "deviceSettingStateSummaries",
  "deviceStatuses",
  "deviceStatusOverview",
  "userStatuses",
  "userStatusOverview",
];

/** CSDL: entity types with BaseType deviceCompliancePolicy; all in beta, the first eight in v1.0 (2026-08-20). */
const SUBTYPES: Readonly<Record<string, readonly Version[]>> = {
  androidCompliancePolicy: VERSIONS,
  androidWorkProfileCompliancePolicy: VERSIONS,
  iosCompliancePolicy: VERSIONS,
  macOSCompliancePolicy: VERSIONS,
  windows10CompliancePolicy: VERSIONS,
  windows10MobileCompliancePolicy: VERSIONS,
  windows81CompliancePolicy: VERSIONS,
  windowsPhone81CompliancePolicy: VERSIONS,
  androidDeviceOwnerCompliancePolicy: ["beta"],
  androidForWorkCompliancePolicy: ["beta"],
  aospDeviceOwnerCompliancePolicy: ["beta"],
  defaultDeviceCompliancePolicy: ["beta"],
};

export function subtypesOf(version: Version): string[] {
  return Object.keys(SUBTYPES).filter((name) => SUBTYPES[name]?.includes(version));
}

/** CSDL: EnumType deviceComplianceActionType; remoteLock is beta only. */
export function actionTypesOf(version: Version): string[] {
  const actionTypes = [
    "noAction",
    "notification",
    "block",
    "retire",
    "wipe",
    "removeResourceAccessProfiles",
    "pushNotification",
  ];
  return version === "beta" ? [...actionTypes, "remoteLock"] : actionTypes;
}
