import { compliancePolicySubtypes } from "./compliancePolicySubtypes";
import type { EntityType } from "./entityType";
import type { JsonValue } from "./json";
import { created, displayName, nullableText, roleScopeTagIds, version } from "./properties";
import { deviceComplianceScheduledActionForRule } from "./scheduledActionTypes";

/** A concrete subtype of microsoft.graph.deviceCompliancePolicy; the properties of the subtype stand beside the common ones. */
export interface DeviceCompliancePolicyEntity {
  readonly id: string;
  readonly "@odata.type": string;
  readonly displayName: string;
  readonly [property: string]: JsonValue;
}

/** msgraph-metadata CSDL, EntityType deviceCompliancePolicy. roleScopeTagIds is not in v1.0. */
const properties = {
  roleScopeTagIds,
  createdDateTime: created,
  description: nullableText,
  lastModifiedDateTime: created,
  displayName,
  version,
};

/** Actions can be sent within a new policy and in no other way (page intune-shared-devicecompliancepolicy: "required … when creating"). */
const contained = { scheduledActionsForRule: deviceComplianceScheduledActionForRule };

/** Worked out when first asked for: two hundred settings are a part of every start that few starts need at once. */
let subtypes: EntityType["subtypes"];

export const deviceCompliancePolicy: EntityType = {
  name: "deviceCompliancePolicy",
  isAbstract: true,
  properties,
  contained,
  get subtypes() {
    return (subtypes ??= compliancePolicySubtypes(properties, contained));
  },
};
