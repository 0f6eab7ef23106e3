import { jsonAnswer } from "../http/exchange";
import { InputError } from "../inputError";
import { CONTROL_PAGE_SIZE, MAX_PAGE_SIZE } from "../limits";
import { DEVICE_COMPLIANCE_POLICIES, DEVICE_STATUSES, pathOf } from "../model/collections";
import type { Entity } from "../model/entityType";
import type { World } from "../world/world";
import { tenantOf, wholeOf } from "./controlAnswer";
import type { ControlHandler } from "./controlAnswer";

/** Every compliance policy with its deviceStatuses counted by status: one pass over the rows. */
const matrix: ControlHandler = (emulation, request) => {
  const { world } = tenantOf(emulation, request);
  return jsonAnswer(200, {
    value: world.list(DEVICE_COMPLIANCE_POLICIES).map((policy) => ({
      id: policy.id,
      displayName: policy["displayName"] ?? null,
      "@odata.type": policy["@odata.type"],
      counts: countsOf(world, policy.id),
    })),
  });
};

function countsOf(world: World, policyId: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const {
    entity: { status },
  } of rowsOf(world, policyId)) {
    if (typeof status === "string") counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}

/** The rows of all policies, or of one, narrowed and paged. One pass; no more than the page is held. */
const list: ControlHandler = (emulation, request) => {
  const { world } = tenantOf(emulation, request);
  const top = wholeOf(request, "top", 1, MAX_PAGE_SIZE) ?? CONTROL_PAGE_SIZE;
  const skip = wholeOf(request, "skip", 0) ?? 0;
  const query = new URLSearchParams(request.query);
  const [policyId, status] = [query.get("deviceCompliancePolicyId"), query.get("status")];
  const search = query.get("search")?.toLowerCase() ?? "";
  let count = 0;
  const value: object[] = [];
  for (const policy of policiesOf(world, policyId)) {
    for (const { entity: row } of rowsOf(world, policy.id)) {
      if ((status !== null && row["status"] !== status) || !holds(row, search)) continue;
      if (count >= skip && value.length < top) value.push(rowOf(policy, row));
      count++;
    }
  }
  return jsonAnswer(200, { count, value });
};

function policiesOf(world: World, policyId: string | null): Entity[] {
  if (policyId === null) return world.list(DEVICE_COMPLIANCE_POLICIES);
  const policy = world.find(DEVICE_COMPLIANCE_POLICIES, policyId);
  if (policy === undefined) throw new InputError(`deviceCompliancePolicyId: there is no policy '${policyId}'`);
  return [policy];
}

function rowsOf(world: World, policyId: string): readonly { readonly entity: Entity }[] {
  return world.entitySet(pathOf(DEVICE_STATUSES, policyId))?.all() ?? [];
}

const SEARCHED = ["deviceDisplayName", "userName", "userPrincipalName", "deviceModel"] as const;

/** Whether one of the texts a person knows a device by contains the lower-case `search`. */
function holds(row: Entity, search: string): boolean {
  if (search === "") return true;
  return SEARCHED.some((name) => {
    const text = row[name];
    return typeof text === "string" && text.toLowerCase().includes(search);
  });
}

function rowOf(policy: Entity, row: Entity): object {
  return { deviceCompliancePolicyId: policy.id, policyDisplayName: policy["displayName"] ?? null, ...row };
}

export const DEVICE_STATUS_ROUTES = {
  "/_emulator/matrix": { GET: matrix },
  "/_emulator/deviceStatuses": { GET: list },
};
