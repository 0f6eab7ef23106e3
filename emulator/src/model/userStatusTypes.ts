import { complianceStatus } from "./enums";
import type { EntityType } from "./entityType";
import { instant, int32, member, nullableText } from "./properties";

/** The shape all user statuses share, the same in beta and v1.0. Sources: those of the device statuses. */
const properties = {
  userDisplayName: nullableText,
  devicesCount: int32,
  status: member(complianceStatus, "unknown"),
  lastReportedDateTime: instant,
  userPrincipalName: nullableText,
};

export const deviceComplianceUserStatus: EntityType = { name: "deviceComplianceUserStatus", properties };
export const deviceConfigurationUserStatus: EntityType = { name: "deviceConfigurationUserStatus", properties };
/** Also the type of the user statuses of iosLobAppProvisioningConfigurations. */
export const managedDeviceMobileAppConfigurationUserStatus: EntityType = {
  name: "managedDeviceMobileAppConfigurationUserStatus",
  properties,
};
