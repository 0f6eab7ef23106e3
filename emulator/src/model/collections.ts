import { deviceConfiguration, iosLobAppProvisioningConfiguration } from "./configurationTypes";
import { managedDeviceMobileAppConfiguration } from "./configurationTypes";
import { deviceComplianceDeviceStatus } from "./deviceComplianceDeviceStatus";
import { deviceCompliancePolicy } from "./deviceCompliancePolicy";
import { deviceCompliancePolicyAssignment } from "./deviceCompliancePolicyAssignment";
import {
  deviceConfigurationDeviceStatus,
  iosUpdateDeviceStatus,
  managedDeviceMobileAppConfigurationDeviceStatus,
} from "./deviceStatusTypes";
import { BETA } from "./entityType";
import type { EntityType, Version } from "./entityType";
import { deviceComplianceActionItem, deviceComplianceScheduledActionForRule } from "./scheduledActionTypes";
import {
  deviceCompliancePolicySettingStateSummary,
  deviceComplianceSettingState,
  settingStateDeviceSummary,
} from "./settingStateTypes";
import {
  deviceComplianceUserStatus,
  deviceConfigurationUserStatus,
  managedDeviceMobileAppConfigurationUserStatus,
} from "./userStatusTypes";

/** The compliance policies below the deviceManagement singleton: the world's path of them. */
export const DEVICE_COMPLIANCE_POLICIES = "deviceCompliancePolicies";

/** The singletons of the service that the collections hang below. */
export type Root = "deviceManagement" | "deviceAppManagement";

/**
 * How much of the documented operations the service has been seen to carry out. `served`: all of them; `listed`: the list alone;
 * `refused`: none.
 */
export type Observed = "served" | "listed" | "refused";

/** A collection of entities: a member of a singleton, or contained in the entities of another one (CSDL ContainsTarget="true"). */
export interface Collection {
  readonly root: Root;
  readonly container?: Collection;
  readonly name: string;
  /** Name of the key in routes, as the documentation writes it. */
  readonly key: string;
  readonly type: EntityType;
  /** Default: both. */
  readonly versions?: readonly Version[];
  readonly observed: Observed;
  /** Its entities are kept within the entity that contains them, so that both change together. */
  readonly isEmbedded?: true;
  /** The service dates its entities and counts their versions. */
  readonly isDated?: true;
}

/** A policy's or configuration's rows: the same members at every parent. */
function statusesOf(container: Collection, deviceStatus: EntityType, userStatus: EntityType): [Collection, Collection] {
  const common = { root: container.root, container, observed: "listed" } as const;
  return [
    { ...common, name: "deviceStatuses", key: `${deviceStatus.name}Id`, type: deviceStatus },
    { ...common, name: "userStatuses", key: `${userStatus.name}Id`, type: userStatus },
  ];
}

function parent(root: Root, name: string, type: EntityType, versions?: readonly Version[]): Collection {
  const key = `${type.name}Id`;
  return { root, name, key, type, observed: "served", isDated: true, ...(versions === undefined ? {} : { versions }) };
}

export const POLICIES = parent("deviceManagement", DEVICE_COMPLIANCE_POLICIES, deviceCompliancePolicy);
export const DEVICE_CONFIGURATIONS = parent("deviceManagement", "deviceConfigurations", deviceConfiguration);
const APP_CONFIGURATIONS = parent(
  "deviceAppManagement",
  "mobileAppConfigurations",
  managedDeviceMobileAppConfiguration,
);
const PROVISIONING_CONFIGURATIONS = parent(
  "deviceAppManagement",
  "iosLobAppProvisioningConfigurations",
  iosLobAppProvisioningConfiguration,
  BETA,
);

const [deviceStatuses, userStatuses] = statusesOf(POLICIES, deviceComplianceDeviceStatus, deviceComplianceUserStatus);
export const DEVICE_STATUSES = deviceStatuses;
export const USER_STATUSES = userStatuses;
export const CONFIGURATION_STATUSES = statusesOf(
  DEVICE_CONFIGURATIONS,
  deviceConfigurationDeviceStatus,
  deviceConfigurationUserStatus,
);

/** GET is served and POST is not: microsoft-graph-docs #4983, #4984; the action `assign` takes its place. */
export const ASSIGNMENTS: Collection = {
  root: "deviceManagement",
  container: POLICIES,
  name: "assignments",
  key: "deviceCompliancePolicyAssignmentId",
  type: deviceCompliancePolicyAssignment,
  observed: "listed",
  isEmbedded: true,
};

/** Not even listed: microsoft-graph-docs #4104, #16701; the action `scheduleActionsForRules` and `$expand` take its place. */
export const SCHEDULED_ACTIONS: Collection = {
  root: "deviceManagement",
  container: POLICIES,
  name: "scheduledActionsForRule",
  key: "deviceComplianceScheduledActionForRuleId",
  type: deviceComplianceScheduledActionForRule,
  observed: "refused",
  isEmbedded: true,
};

const SCHEDULED_ACTION_CONFIGURATIONS: Collection = {
  root: "deviceManagement",
  container: SCHEDULED_ACTIONS,
  name: "scheduledActionConfigurations",
  key: "deviceComplianceActionItemId",
  type: deviceComplianceActionItem,
  observed: "refused",
  isEmbedded: true,
};

const SETTING_STATE_SUMMARIES: Collection = {
  root: "deviceManagement",
  name: "deviceCompliancePolicySettingStateSummaries",
  key: "deviceCompliancePolicySettingStateSummaryId",
  type: deviceCompliancePolicySettingStateSummary,
  observed: "listed",
};

/** Every collection the emulator serves; one more entry here is one more collection there. */
export const COLLECTIONS: readonly Collection[] = [
  POLICIES,
  ASSIGNMENTS,
  SCHEDULED_ACTIONS,
  SCHEDULED_ACTION_CONFIGURATIONS,
  DEVICE_STATUSES,
  USER_STATUSES,
  {
    root: "deviceManagement",
    container: POLICIES,
    name: "deviceSettingStateSummaries",
    key: "settingStateDeviceSummaryId",
    type: settingStateDeviceSummary,
    observed: "listed",
  },
  SETTING_STATE_SUMMARIES,
  {
    root: "deviceManagement",
    container: SETTING_STATE_SUMMARIES,
    name: "deviceComplianceSettingStates",
    key: "deviceComplianceSettingStateId",
    type: deviceComplianceSettingState,
    observed: "listed",
  },
  DEVICE_CONFIGURATIONS,
  ...CONFIGURATION_STATUSES,
  {
    root: "deviceManagement",
    name: "iosUpdateStatuses",
    key: "iosUpdateDeviceStatusId",
    type: iosUpdateDeviceStatus,
    observed: "listed",
  },
  APP_CONFIGURATIONS,
  ...statusesOf(
    APP_CONFIGURATIONS,
    managedDeviceMobileAppConfigurationDeviceStatus,
    managedDeviceMobileAppConfigurationUserStatus,
  ),
  PROVISIONING_CONFIGURATIONS,
  ...statusesOf(
    PROVISIONING_CONFIGURATIONS,
    managedDeviceMobileAppConfigurationDeviceStatus,
    managedDeviceMobileAppConfigurationUserStatus,
  ),
];

/** The collection under a navigation property of the entities of another one. */
export function childOf(container: Collection, name: string): Collection | undefined {
  return COLLECTIONS.find((candidate) => candidate.container === container && candidate.name === name);
}

/** Where the world keeps the collection of one container. */
export function pathOf(collection: Collection, containerId: string): string {
  const { container, name } = collection;
  return container === undefined ? name : `${container.name}/${containerId}/${name}`;
}

/** `deviceManagement/deviceCompliancePolicies/{deviceCompliancePolicyId}/deviceStatuses` */
export function templateOf(collection: Collection): string {
  const { root, container, name } = collection;
  return container === undefined ? `${root}/${name}` : `${itemTemplateOf(container)}/${name}`;
}

export function itemTemplateOf(collection: Collection): string {
  return `${templateOf(collection)}/{${collection.key}}`;
}
