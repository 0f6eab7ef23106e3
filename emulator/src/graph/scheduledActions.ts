import { randomUUID } from "node:crypto";
import { MAX_GRACE_PERIOD_HOURS } from "../limits";
import { actionTypesOf } from "../model/deviceCompliancePolicy";
import type { Version } from "../model/entityType";
import { isInt32 } from "../model/entityType";
import { isJsonObject } from "../model/json";
import type { JsonObject, JsonValue } from "../model/json";
import { isAnnotation } from "./entityBody";
import { badRequest } from "./graphError";

/** Text: microsoft-graph-docs issues #7746 and #4103, ugurkocde/TenuVault #25. */
const ONE_BLOCK_ACTION = "Compliance policy must have one and only one block scheduled action";

/** The scheduledActionsForRule of a new policy, with keys; exactly one block action over all rules. */
export function readScheduledActionsForRule(version: Version, value: JsonValue | undefined): JsonObject[] {
  const rules = (value === undefined ? [] : objectsOf("scheduledActionsForRule", value)).map((rule) => {
    assertNames("scheduledActionsForRule", rule, ["ruleName", "scheduledActionConfigurations"]);
    const { ruleName = null, scheduledActionConfigurations = [] } = rule;
    if (ruleName !== null && typeof ruleName !== "string") throw badRequest("Property 'ruleName' must be a string.");
    const actions = objectsOf("scheduledActionConfigurations", scheduledActionConfigurations);
    return { id: randomUUID(), ruleName, actions: actions.map((action) => readAction(version, action)) };
  });
  const blocks = rules.flatMap((rule) => rule.actions).filter((action) => action["actionType"] === "block");
  if (blocks.length !== 1) throw badRequest(ONE_BLOCK_ACTION);
  return rules.map(({ id, ruleName, actions }) => ({ id, ruleName, scheduledActionConfigurations: actions }));
}

function readAction(version: Version, action: JsonObject): JsonObject {
  const { actionType, gracePeriodHours = 0, notificationTemplateId = null, notificationMessageCCList = [] } = action;
  assertNames("scheduledActionConfigurations", action, [
    "actionType",
    "gracePeriodHours",
    "notificationTemplateId",
    "notificationMessageCCList",
  ]);
  const actionTypes = actionTypesOf(version);
  if (typeof actionType !== "string" || !actionTypes.includes(actionType)) {
    throw badRequest(`Property 'actionType' must be one of ${actionTypes.join(", ")} (deviceComplianceActionType).`);
  }
  if (!isInt32(gracePeriodHours) || gracePeriodHours < 0 || gracePeriodHours > MAX_GRACE_PERIOD_HOURS) {
    throw badRequest(`Property 'gracePeriodHours' must be a whole number from 0 to ${MAX_GRACE_PERIOD_HOURS}.`);
  }
  if (notificationTemplateId !== null && typeof notificationTemplateId !== "string") {
    throw badRequest("Property 'notificationTemplateId' must be a string.");
  }
  if (!Array.isArray(notificationMessageCCList) || notificationMessageCCList.some((item) => typeof item !== "string")) {
    throw badRequest("Property 'notificationMessageCCList' must be an array of strings.");
  }
  return { id: randomUUID(), gracePeriodHours, actionType, notificationTemplateId, notificationMessageCCList };
}

function objectsOf(name: string, value: JsonValue): JsonObject[] {
  if (Array.isArray(value) && value.every(isJsonObject)) return value;
  throw badRequest(`Property '${name}' must be an array of objects.`);
}

function assertNames(where: string, object: JsonObject, names: readonly string[]): void {
  const unknown = Object.keys(object).find((name) => !isAnnotation(name) && !names.includes(name));
  if (unknown !== undefined) throw badRequest(`Property '${unknown}' does not exist in '${where}'.`);
}
