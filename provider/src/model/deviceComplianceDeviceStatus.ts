import type { EntityDescriptor } from "./entityDescriptor";

/**
 * `microsoft.graph.deviceComplianceDeviceStatus`.
 * Source: msgraph-metadata CSDL (global beta of 2021-07-13, China beta of 2022-10-05, v1.0 of 2026-08-20); the eight
 * properties and their nullability are the same in all, but v1.0 lacks `platform`.
 */
export const deviceComplianceDeviceStatus = {
  resource: "DeviceComplianceDeviceStatus",
  odataType: "#microsoft.graph.deviceComplianceDeviceStatus",
  version: "beta",
  entitySet: ["deviceManagement", "deviceCompliancePolicies", "{deviceCompliancePolicyId}", "deviceStatuses"],
  parentKeys: ["deviceCompliancePolicyId"],
  properties: [
    { name: "deviceDisplayName", edmType: "Edm.String", nullable: true, identity: true },
    { name: "userName", edmType: "Edm.String", nullable: true, identity: true },
    { name: "deviceModel", edmType: "Edm.String", nullable: true, identity: false },
    { name: "platform", edmType: "Edm.Int32", nullable: false, identity: false },
    {
      name: "complianceGracePeriodExpirationDateTime",
      edmType: "Edm.DateTimeOffset",
      nullable: false,
      identity: false,
    },
    { name: "status", edmType: "graph.complianceStatus", nullable: false, identity: false },
    { name: "lastReportedDateTime", edmType: "Edm.DateTimeOffset", nullable: false, identity: false },
    { name: "userPrincipalName", edmType: "Edm.String", nullable: true, identity: true },
  ],
  permissions: {
    read: "DeviceManagementConfiguration.Read.All",
    write: "DeviceManagementConfiguration.ReadWrite.All",
  },
  documentation:
    "https://learn.microsoft.com/graph/api/resources/intune-deviceconfig-devicecompliancedevicestatus?view=graph-rest-beta",
} as const satisfies EntityDescriptor;

/** The resource's type token in state, URNs and policy packs. Fixed: changing it would replace every resource. */
export const DEVICE_COMPLIANCE_DEVICE_STATUS_TYPE = "pulumi-nodejs:dynamic/intune:DeviceComplianceDeviceStatus";
