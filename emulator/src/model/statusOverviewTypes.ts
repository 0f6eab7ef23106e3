import { BETA } from "./entityType";
import type { EntityType } from "./entityType";
import { instant, int32 } from "./properties";

const betaCount = { ...int32, versions: BETA };

/** CSDL: the four overview types, which differ in notApplicablePlatformCount alone. conflictCount is beta only. */
const userOverview = {
  pendingCount: int32,
  notApplicableCount: int32,
  successCount: int32,
  errorCount: int32,
  failedCount: int32,
  conflictCount: betaCount,
  lastUpdateDateTime: instant,
  configurationVersion: int32,
};
const deviceOverview = {
  pendingCount: int32,
  notApplicableCount: int32,
  notApplicablePlatformCount: betaCount,
  successCount: int32,
  errorCount: int32,
  failedCount: int32,
  conflictCount: betaCount,
  lastUpdateDateTime: instant,
  configurationVersion: int32,
};

export const deviceComplianceDeviceOverview: EntityType = {
  name: "deviceComplianceDeviceOverview",
  properties: deviceOverview,
};
export const deviceComplianceUserOverview: EntityType = {
  name: "deviceComplianceUserOverview",
  properties: userOverview,
};
export const deviceConfigurationDeviceOverview: EntityType = {
  name: "deviceConfigurationDeviceOverview",
  properties: deviceOverview,
};
export const deviceConfigurationUserOverview: EntityType = {
  name: "deviceConfigurationUserOverview",
  properties: userOverview,
};
