import { complianceStatus, iosUpdatesInstallStatus } from "./enums";
import type { EntityType, Property } from "./entityType";
import { instant, int32, member, nullableText } from "./properties";

/**
 * The shape all device statuses share. Types and nullability: msgraph-metadata beta CSDL (2021-07-13, and the same in the China cloud of
 * 2022-10-05) and v1.0 CSDL (2026-08-20). `platform` is the one property v1.0 lacks.
 */
export const deviceStatusProperties = {
  deviceDisplayName: nullableText,
  userName: nullableText,
  deviceModel: nullableText,
  platform: { ...int32, versions: ["beta"] },
  complianceGracePeriodExpirationDateTime: instant,
  status: member(complianceStatus, "unknown"),
  lastReportedDateTime: instant,
  userPrincipalName: nullableText,
} satisfies Record<string, Property>;

export const deviceConfigurationDeviceStatus: EntityType = {
  name: "deviceConfigurationDeviceStatus",
  properties: deviceStatusProperties,
};

/** Also the type of the device statuses of iosLobAppProvisioningConfigurations. */
export const managedDeviceMobileAppConfigurationDeviceStatus: EntityType = {
  name: "managedDeviceMobileAppConfigurationDeviceStatus",
  properties: deviceStatusProperties,
};

export const iosUpdateDeviceStatus: EntityType = {
  name: "iosUpdateDeviceStatus",
  properties: {
    installStatus: member(iosUpdatesInstallStatus, "success"),
    osVersion: nullableText,
    deviceId: nullableText,
    userId: nullableText,
    ...deviceStatusProperties,
  },
};
