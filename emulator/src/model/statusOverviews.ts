import { CONFIGURATION_STATUSES, DEVICE_CONFIGURATIONS, DEVICE_STATUSES, POLICIES, USER_STATUSES } from "./collections";
import type { Collection } from "./collections";
import type { EntityType } from "./entityType";
import {
  deviceComplianceDeviceOverview,
  deviceComplianceUserOverview,
  deviceConfigurationDeviceOverview,
  deviceConfigurationUserOverview,
} from "./statusOverviewTypes";

/** One entity beside a collection that counts its rows by status: CSDL single-valued navigation property. */
export interface StatusOverview {
  readonly container: Collection;
  readonly name: string;
  readonly type: EntityType;
  readonly statuses: Collection;
}

const [configurationDeviceStatuses, configurationUserStatuses] = CONFIGURATION_STATUSES;

export const STATUS_OVERVIEWS: readonly StatusOverview[] = [
  {
    container: POLICIES,
    name: "deviceStatusOverview",
    type: deviceComplianceDeviceOverview,
    statuses: DEVICE_STATUSES,
  },
  { container: POLICIES, name: "userStatusOverview", type: deviceComplianceUserOverview, statuses: USER_STATUSES },
  {
    container: DEVICE_CONFIGURATIONS,
    name: "deviceStatusOverview",
    type: deviceConfigurationDeviceOverview,
    statuses: configurationDeviceStatuses,
  },
  {
    container: DEVICE_CONFIGURATIONS,
    name: "userStatusOverview",
    type: deviceConfigurationUserOverview,
    statuses: configurationUserStatuses,
  },
];
