import type { Answer } from "../http/exchange";
import { ASSIGNMENTS, POLICIES, SCHEDULED_ACTIONS } from "../model/collections";
import type { Entity } from "../model/entityType";
import type { JsonObject } from "../model/json";
import { assertOneBlockAction } from "./blockAction";
import { isAnnotation, readContained } from "./entityBody";
import { badRequest } from "./graphError";
import { graphAnswer, keyOf, noContent } from "./graphRequest";
import type { GraphRequest } from "./graphRequest";
import { assignmentId } from "./newEntity";
import { assertServed } from "../odata/query";
import { readJsonObject } from "./requestBody";
import { notFound } from "./rows";
import { toWire } from "./wire";

/** Page intune-deviceconfig-devicecompliancepolicy-assign: the given assignments take the place of all there are; 200 with them. */
export async function assign(request: GraphRequest): Promise<Answer> {
  const { version, emulation } = request;
  const policyId = keyOf(request, POLICIES.key);
  const assignments = readParameter(request, "assignments", ASSIGNMENTS.type).map((assignment) => ({
    ...assignment,
    id: assignmentId(policyId, assignment["target"] ?? null),
  }));
  const ids = assignments.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  // Assumption: the service takes a group once.
  if (twice !== undefined) throw badRequest(`Parameter 'assignments' has the same target twice: '${twice}'.`);
  await replace(request, () => ({ assignments }));
  return graphAnswer(200, {
    value: assignments.map((assignment) => toWire(ASSIGNMENTS.type, assignment, version, emulation.profile)),
  });
}

/**
 * Page intune-deviceconfig-devicecompliancepolicy-scheduleactionsforrules: 204. Assumption: the block action is asked for as with a new
 * policy; the page's example has none.
 */
export async function scheduleActionsForRules(request: GraphRequest): Promise<Answer> {
  const rules = readParameter(request, "deviceComplianceScheduledActionForRules", SCHEDULED_ACTIONS.type);
  await replace(request, (policy) => {
    const changed = { ...policy, scheduledActionsForRule: rules };
    assertOneBlockAction(changed);
    return changed;
  });
  return noContent();
}

/** The one parameter of an action: OData protocol 4.0 section 11.5.4.1. */
function readParameter(request: GraphRequest, name: string, type: typeof ASSIGNMENTS.type): JsonObject[] {
  assertServed(request.query, []);
  const body = readJsonObject(request.request);
  const unknown = Object.keys(body).find((key) => key !== name && !isAnnotation(key));
  if (unknown !== undefined) throw badRequest(`Parameter '${unknown}' does not exist; the action takes '${name}'.`);
  if (body[name] === undefined) throw badRequest(`Parameter '${name}' is required and is missing.`);
  return readContained(name, type, request.version, body[name]);
}

async function replace(request: GraphRequest, change: (policy: Entity) => Omit<Entity, "id">): Promise<void> {
  const policy = await request.world.edit(POLICIES.name, keyOf(request, POLICIES.key), change);
  if (policy === undefined) throw notFound(POLICIES, request);
}
