/** What a client sends to the status family, by the documentation pages' create examples. Shapes D and U of device and user statuses. */
export const DEVICE_STATUS = {
  deviceDisplayName: "Device Display Name value",
  userName: "User Name value",
  deviceModel: "Device Model value",
  platform: 8,
  complianceGracePeriodExpirationDateTime: "2016-12-31T23:56:44.951111-08:00",
  status: "notApplicable",
  lastReportedDateTime: "2017-01-01T00:00:17.7769392-08:00",
  userPrincipalName: "User Principal Name value",
};

export const USER_STATUS = {
  userDisplayName: "User Display Name value",
  devicesCount: 12,
  status: "notApplicable",
  lastReportedDateTime: "2017-01-01T00:00:17.7769392-08:00",
  userPrincipalName: "User Principal Name value",
};

const COUNTS = {
  unknownDeviceCount: 2,
  notApplicableDeviceCount: 8,
  compliantDeviceCount: 4,
  remediatedDeviceCount: 5,
  nonCompliantDeviceCount: 7,
  errorDeviceCount: 0,
  conflictDeviceCount: 3,
};

export interface Family {
  /** Path of the parents; absent for a collection of the singleton itself. */
  readonly parents?: string;
  readonly parent?: Record<string, unknown>;
  /** Path below the parent, or below the version root. */
  readonly rows: string;
  readonly type: string;
  readonly row: Record<string, unknown>;
  readonly betaOnlyProperties: readonly string[];
  readonly isBetaOnly?: true;
}

const configuration = { "@odata.type": "#microsoft.graph.windows10CustomConfiguration", displayName: "Parent" };
const appConfiguration = { "@odata.type": "#microsoft.graph.iosMobileAppConfiguration", displayName: "Parent" };
const policy = {
  "@odata.type": "#microsoft.graph.iosCompliancePolicy",
  displayName: "Parent",
  scheduledActionsForRule: [{ scheduledActionConfigurations: [{ actionType: "block" }] }],
};
const summary = {
  setting: "Setting value",
  settingName: "Setting Name value",
  platformType: "androidForWork",
  ...COUNTS,
};

function statuses(parents: string, parent: Record<string, unknown>, type: string, isBetaOnly?: true): [Family, Family] {
  const common = { parents, parent, ...(isBetaOnly === undefined ? {} : { isBetaOnly }) };
  return [
    {
      ...common,
      rows: "deviceStatuses",
      type: `${type}DeviceStatus`,
      row: DEVICE_STATUS,
      betaOnlyProperties: ["platform"],
    },
    { ...common, rows: "userStatuses", type: `${type}UserStatus`, row: USER_STATUS, betaOnlyProperties: [] },
  ];
}

export const FAMILIES: readonly Family[] = [
  ...statuses("deviceManagement/deviceCompliancePolicies", policy, "deviceCompliance"),
  ...statuses("deviceManagement/deviceConfigurations", configuration, "deviceConfiguration"),
  ...statuses("deviceAppManagement/mobileAppConfigurations", appConfiguration, "managedDeviceMobileAppConfiguration"),
  ...statuses(
    "deviceAppManagement/iosLobAppProvisioningConfigurations",
    { displayName: "Parent" },
    "managedDeviceMobileAppConfiguration",
    true,
  ),
  {
    parents: "deviceManagement/deviceCompliancePolicies",
    parent: policy,
    rows: "deviceSettingStateSummaries",
    type: "settingStateDeviceSummary",
    row: { settingName: "Setting Name value", instancePath: "Instance Path value", ...COUNTS },
    betaOnlyProperties: [],
  },
  {
    rows: "deviceManagement/iosUpdateStatuses",
    type: "iosUpdateDeviceStatus",
    row: {
      installStatus: "success",
      osVersion: "Os Version value",
      deviceId: "Device Id value",
      userId: "User Id value",
      ...DEVICE_STATUS,
    },
    betaOnlyProperties: ["platform"],
  },
  {
    rows: "deviceManagement/deviceCompliancePolicySettingStateSummaries",
    type: "deviceCompliancePolicySettingStateSummary",
    row: summary,
    betaOnlyProperties: [],
  },
  {
    parents: "deviceManagement/deviceCompliancePolicySettingStateSummaries",
    parent: summary,
    rows: "deviceComplianceSettingStates",
    type: "deviceComplianceSettingState",
    row: {
      platformType: "windowsRT",
      setting: "Setting value",
      settingName: "Setting Name value",
      deviceId: "Device Id value",
      deviceName: "Device Name value",
      userId: "User Id value",
      userEmail: "User Email value",
      userName: "User Name value",
      userPrincipalName: "User Principal Name value",
      deviceModel: "Device Model value",
      state: "notApplicable",
      complianceGracePeriodExpirationDateTime: "2016-12-31T23:56:44.951111-08:00",
    },
    betaOnlyProperties: ["platformType"],
  },
];
