import { GraphError } from "../graph/graphError";
import { newEntity } from "../graph/newEntity";
import { POLICIES } from "../model/collections";
import type { Entity } from "../model/entityType";
import type { JsonObject } from "../model/json";

/** What a seed may leave out: a type, and the block action that Intune wants of every policy. */
const DEFAULTS: JsonObject = {
  "@odata.type": "#microsoft.graph.windows10CompliancePolicy",
  scheduledActionsForRule: [
    { ruleName: "PasswordRequired", scheduledActionConfigurations: [{ actionType: "block", gracePeriodHours: 0 }] },
  ],
};

/** The policy as Graph would have made it, or why Graph would have refused it. */
export function readSeedPolicy(id: string, given: JsonObject, now: string): Entity | string {
  try {
    return { ...newEntity(POLICIES, "beta", { ...DEFAULTS, ...given }, { now: () => now }), id };
  } catch (error) {
    if (error instanceof GraphError) return error.message;
    throw error;
  }
}
