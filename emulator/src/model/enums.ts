import type { EnumType } from "./entityType";

/** CSDL: the same eight members in beta and v1.0; no unknownFutureValue, so not evolvable. */
export const COMPLIANCE_STATUSES = [
  "unknown",
  "notApplicable",
  "compliant",
  "remediated",
  "nonCompliant",
  "error",
  "conflict",
  "notAssigned",
] as const;

export const complianceStatus: EnumType = { enum: "complianceStatus", members: COMPLIANCE_STATUSES };

export const deviceComplianceActionType: EnumType = {
  enum: "deviceComplianceActionType",
  members: [
    ...["noAction", "notification", "block", "retire", "wipe", "removeResourceAccessProfiles", "pushNotification"],
    "remoteLock",
  ],
  betaMembers: ["remoteLock"],
};

export const iosUpdatesInstallStatus: EnumType = {
  enum: "iosUpdatesInstallStatus",
  members: [
    ...["updateScanFailed", "deviceOsHigherThanDesiredOsVersion", "updateError", "sharedDeviceUserLoggedInError"],
    ...["notSupportedOperation", "installFailed", "installPhoneCallInProgress", "installInsufficientPower"],
    ...["installInsufficientSpace", "installing", "downloadInsufficientNetwork", "downloadInsufficientPower"],
    ...["downloadInsufficientSpace", "downloadRequiresComputer", "downloadFailed", "downloading", "timeout"],
    ...["mdmClientCrashed", "success", "available", "idle", "unknown"],
  ],
  betaMembers: ["updateScanFailed", "updateError", "timeout", "mdmClientCrashed"],
};

export const policyPlatformType: EnumType = {
  enum: "policyPlatformType",
  members: [
    ...["android", "androidForWork", "iOS", "macOS", "windowsPhone81", "windows81AndLater", "windows10AndLater"],
    ...["androidWorkProfile", "windows10XProfile", "androidAOSP", "all"],
  ],
  betaMembers: ["androidWorkProfile", "windows10XProfile", "androidAOSP"],
};

/** beta only. */
export const deviceType: EnumType = {
  enum: "deviceType",
  members: [
    ...["desktop", "windowsRT", "winMO6", "nokia", "windowsPhone", "mac", "winCE", "winEmbedded", "iPhone", "iPad"],
    ...["iPod", "android", "iSocConsumer", "unix", "macMDM", "holoLens", "surfaceHub", "androidForWork"],
    ...["androidEnterprise", "windows10x", "androidnGMS", "chromeOS", "linux", "blackberry", "palm", "unknown"],
    "cloudPC",
  ],
};

/** beta only. */
export const deviceAndAppManagementAssignmentFilterType: EnumType = {
  enum: "deviceAndAppManagementAssignmentFilterType",
  members: ["none", "include", "exclude"],
};

/** beta only. */
export const deviceAndAppManagementAssignmentSource: EnumType = {
  enum: "deviceAndAppManagementAssignmentSource",
  members: ["direct", "policySets"],
};
