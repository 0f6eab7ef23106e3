import { MAX_GRACE_PERIOD_HOURS } from "../limits";
import { VERSIONS } from "./entityType";
import type { EntityType } from "./entityType";
import { deviceComplianceActionType } from "./enums";
import { int32, member, nullableText } from "./properties";

/** CSDL deviceComplianceActionItem. Tools leave all but the action's type out (microsoft-graph-docs #4983). */
export const deviceComplianceActionItem: EntityType = {
  name: "deviceComplianceActionItem",
  properties: {
    gracePeriodHours: { ...int32, isOptional: true, range: { min: 0, max: MAX_GRACE_PERIOD_HOURS } },
    actionType: member(deviceComplianceActionType, "noAction"),
    notificationTemplateId: nullableText,
    notificationMessageCCList: { type: "Collection(Edm.String)", nullable: true, versions: VERSIONS, default: [] },
  },
};

/** CSDL deviceComplianceScheduledActionForRule; its ruleName is never given back (microsoft-graph-docs #4983, #16701). */
export const deviceComplianceScheduledActionForRule: EntityType = {
  name: "deviceComplianceScheduledActionForRule",
  properties: { ruleName: { ...nullableText, isNeverGivenBack: true } },
  contained: { scheduledActionConfigurations: deviceComplianceActionItem },
};
