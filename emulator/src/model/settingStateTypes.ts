import { BETA } from "./entityType";
import type { EntityType } from "./entityType";
import { complianceStatus, deviceType, policyPlatformType } from "./enums";
import { instant, int32, member, nullableText } from "./properties";

const counts = {
  unknownDeviceCount: int32,
  notApplicableDeviceCount: int32,
  compliantDeviceCount: int32,
  remediatedDeviceCount: int32,
  nonCompliantDeviceCount: int32,
  errorDeviceCount: int32,
  conflictDeviceCount: int32,
};

/** CSDL: the same in beta and v1.0, but for the members of the platform. */
export const deviceCompliancePolicySettingStateSummary: EntityType = {
  name: "deviceCompliancePolicySettingStateSummary",
  properties: {
    setting: nullableText,
    settingName: nullableText,
    platformType: member(policyPlatformType, "android"),
    ...counts,
  },
};

export const deviceComplianceSettingState: EntityType = {
  name: "deviceComplianceSettingState",
  properties: {
    platformType: { ...member(deviceType, "desktop"), versions: BETA },
    setting: nullableText,
    settingName: nullableText,
    deviceId: nullableText,
    deviceName: nullableText,
    userId: nullableText,
    userEmail: nullableText,
    userName: nullableText,
    userPrincipalName: nullableText,
    deviceModel: nullableText,
    state: member(complianceStatus, "unknown"),
    complianceGracePeriodExpirationDateTime: instant,
  },
};

export const settingStateDeviceSummary: EntityType = {
  name: "settingStateDeviceSummary",
  properties: { settingName: nullableText, instancePath: nullableText, ...counts },
};
