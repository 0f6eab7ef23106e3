import { BETA, VERSIONS } from "./entityType";
import type { ComplexType, EntityType, Property } from "./entityType";
import { deviceAndAppManagementAssignmentFilterType, deviceAndAppManagementAssignmentSource } from "./enums";
import { member, nullableText } from "./properties";

/** CSDL deviceAndAppManagementAssignmentTarget: nothing in v1.0. */
const filter = {
  deviceAndAppManagementAssignmentFilterId: { ...nullableText, versions: BETA },
  deviceAndAppManagementAssignmentFilterType: {
    ...member(deviceAndAppManagementAssignmentFilterType, "none"),
    versions: BETA,
    isOptional: true,
  },
} satisfies Record<string, Property>;

/**
 * The abstract target and what it may be: resource pages intune-shared-{allDevices,allLicensedUsers,group,exclusionGroup,
 * configurationManagerCollection}assignmenttarget, since the metadata at hand has the base type only.
 */
const deviceAndAppManagementAssignmentTarget: ComplexType = {
  complex: "deviceAndAppManagementAssignmentTarget",
  properties: filter,
  derived: [
    { complex: "allDevicesAssignmentTarget", properties: filter },
    { complex: "allLicensedUsersAssignmentTarget", properties: filter },
    { complex: "groupAssignmentTarget", properties: { ...filter, groupId: nullableText } },
    { complex: "exclusionGroupAssignmentTarget", properties: { ...filter, groupId: nullableText } },
    {
      complex: "configurationManagerCollectionAssignmentTarget",
      properties: { ...filter, collectionId: nullableText },
    },
  ],
};

/** CSDL deviceCompliancePolicyAssignment; source and sourceId are beta only, and tools do not send them. */
export const deviceCompliancePolicyAssignment: EntityType = {
  name: "deviceCompliancePolicyAssignment",
  properties: {
    target: { type: deviceAndAppManagementAssignmentTarget, nullable: true, versions: VERSIONS, default: null },
    source: { ...member(deviceAndAppManagementAssignmentSource, "direct"), versions: BETA, isOptional: true },
    sourceId: { ...nullableText, versions: BETA },
  },
};
