import type { Entity } from "../model/entityType";
import { embeddedIn } from "./embedded";
import { badRequest } from "./graphError";

/** Text: microsoft-graph-docs issues #7746 and #4103, ugurkocde/TenuVault #25. */
const ONE_BLOCK_ACTION = "Compliance policy must have one and only one block scheduled action";

/**
 * A compliance policy blocks once, over all its rules. Assumption: also after its actions have been changed one by one, which the service
 * does not serve.
 */
export function assertOneBlockAction(policy: Entity): void {
  const actions = embeddedIn(policy, "scheduledActionsForRule").flatMap((rule) =>
    embeddedIn(rule, "scheduledActionConfigurations"),
  );
  const blocks = actions.filter(({ actionType }) => actionType === "block");
  if (blocks.length !== 1) throw badRequest(ONE_BLOCK_ACTION);
}
