import { deviceComplianceDeviceStatus } from "./deviceComplianceDeviceStatus";
import type { EntityType } from "./entityType";

/** The collection of compliance policies below the deviceManagement singleton. */
export const DEVICE_COMPLIANCE_POLICIES = "deviceCompliancePolicies";
export const DEVICE_COMPLIANCE_POLICY_KEY = "deviceCompliancePolicyId";

/** A collection contained in the entities of another one: CSDL NavigationProperty with ContainsTarget="true". */
export interface ContainedCollection {
  readonly container: string;
  /** Name of the container's key in routes, as the documentation writes it. */
  readonly containerKey: string;
  readonly name: string;
  readonly key: string;
  readonly type: EntityType;
}

export const DEVICE_STATUSES: ContainedCollection = {
  container: DEVICE_COMPLIANCE_POLICIES,
  containerKey: DEVICE_COMPLIANCE_POLICY_KEY,
  name: "deviceStatuses",
  key: "deviceComplianceDeviceStatusId",
  type: deviceComplianceDeviceStatus,
};

/** Where the world keeps the collection of one container. */
export function pathOf(collection: ContainedCollection, containerId: string): string {
  return `${collection.container}/${containerId}/${collection.name}`;
}
