import { randomUUID } from "node:crypto";
import type { Answer } from "../http/exchange";
import { DEVICE_COMPLIANCE_POLICIES, DEVICE_COMPLIANCE_POLICY_KEY } from "../model/collections";
import { isEntity } from "../model/entityType";
import type { Entity } from "../model/entityType";
import { GraphError, resourceNotFound } from "./graphError";
import { graphAnswer, keyOf, noContent } from "./graphRequest";
import type { GraphRequest } from "./graphRequest";
import { readNewPolicy } from "./policyBody";
import { readPage } from "../odata/page";
import { assertServed, parseQuery, selected } from "../odata/query";
import { nextLink } from "../odata/skipToken";
import { readJsonObject } from "./requestBody";
import { canonicalPath } from "./resourcePath";
import { deviceCompliancePolicy } from "../model/deviceCompliancePolicy";
import { toPolicyWire } from "./wire";

/** The two spellings of `$expand` the emulator serves; the inner one is what tools send to get the actions (microsoft-graph-docs #4983). */
const EXPAND = /^scheduledActionsForRule(\(\$expand=scheduledActionConfigurations\))?$/;

/** Pages intune-deviceconfig-devicecompliancepolicy-list and its subtypes' list pages. */
export function listPolicies(request: GraphRequest): Answer {
  const { world } = request;
  const query = parseQuery(request.query, {
    type: deviceCompliancePolicy,
    version: request.version,
    served: ["$filter", "$orderby", "$top", "$skip", "$skiptoken", "$count", "$select", "$expand"],
    pageSize: request.emulation.settings.pageSize,
  });
  const page = readPage(world.entitySet(DEVICE_COMPLIANCE_POLICIES), query);
  return graphAnswer(200, {
    "@odata.context": `${request.request.origin}/${request.version}/$metadata#${request.template}`,
    ...(page.count === undefined ? {} : { "@odata.count": page.count }),
    ...(page.next === undefined ? {} : { "@odata.nextLink": nextLink(request.request, page.next) }),
    value: page.entities.map((entity) => encode(request, entity)),
  });
}

/** Pages intune-deviceconfig-{windows10,ios,macos,…}compliancepolicy-create: 201 with the entity. */
export async function createPolicy(request: GraphRequest): Promise<Answer> {
  assertServed(request.query, []);
  const body = readJsonObject(request.request);
  const entity = { ...readNewPolicy(request.version, body, request.emulation.clock.nowDateTime()), id: randomUUID() };
  await request.world.put(DEVICE_COMPLIANCE_POLICIES, entity);
  const location = `${request.request.origin}/${request.version}/${canonicalPath(request.template, request.keys)}('${entity.id}')`;
  return graphAnswer(201, encode(request, entity), { Location: location });
}

export function getPolicy(request: GraphRequest): Answer {
  assertServed(request.query, ["$select", "$expand"]);
  return graphAnswer(200, encode(request, findPolicy(request)));
}

/** Documented as a list of its own; without the actions, which are one navigation further. */
export function listScheduledActionsForRule(request: GraphRequest): Answer {
  assertServed(request.query, []);
  const { scheduledActionsForRule = [] } = findPolicy(request);
  const rules = Array.isArray(scheduledActionsForRule) ? scheduledActionsForRule.filter(isEntity) : [];
  return graphAnswer(200, { value: rules.map(({ id }) => ({ id, ruleName: null })) });
}

/** The statuses a policy contains go with it: OData protocol 4.0 section 11.4.5 and CSDL ContainsTarget. */
export async function deletePolicy(request: GraphRequest): Promise<Answer> {
  assertServed(request.query, []);
  const deleted = await request.world.delete(DEVICE_COMPLIANCE_POLICIES, keyOf(request, DEVICE_COMPLIANCE_POLICY_KEY));
  if (!deleted) throw policyNotFound(request);
  return noContent();
}

function findPolicy(request: GraphRequest): Entity {
  const policy = request.world.find(DEVICE_COMPLIANCE_POLICIES, keyOf(request, DEVICE_COMPLIANCE_POLICY_KEY));
  if (policy === undefined) throw policyNotFound(request);
  return policy;
}

function policyNotFound(request: GraphRequest): Error {
  return resourceNotFound(`There is no deviceCompliancePolicies('${keyOf(request, DEVICE_COMPLIANCE_POLICY_KEY)}').`);
}

function readExpand({ query }: GraphRequest): boolean {
  const option = query.get("$expand");
  if (option === null || EXPAND.test(option)) return option !== null;
  throw new GraphError(501, "NotImplemented", `Query option '$expand=${option}' is not implemented here.`, "graph");
}

function encode(request: GraphRequest, entity: Entity): Record<string, unknown> {
  const { version, emulation } = request;
  // A subtype has properties of its own, so any name may be selected.
  const names = request.query.get("$select")?.split(",");
  return selected(names, toPolicyWire(entity, version, emulation.profile, readExpand(request)));
}
