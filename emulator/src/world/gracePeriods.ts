import { DEVICE_COMPLIANCE_POLICIES, DEVICE_STATUSES } from "../model/collections";
import { parseDateTimeOffset, unixMsOf } from "../model/dateTimeOffset";
import type { Entity } from "../model/entityType";
import type { World } from "./world";

/**
 * Turns nonCompliant every compliant device status of a compliance policy whose grace period ran out while the clock was moved from one
 * time to the other; resolves with how many. Source: Intune pages "actions-for-noncompliance" (a device is marked noncompliant when the
 * days of the schedule are over) and "compliance-policy-monitor" (until then it is in its grace period). Assumption: the enumeration
 * complianceStatus has no such member, so a device in its grace period reads compliant; its `status` changes at
 * complianceGracePeriodExpirationDateTime, and nothing else does. A date of 9999 means no grace period and is never reached.
 */
export function endGracePeriods(world: World, fromMs: number, toMs: number): Promise<number> {
  return world.transact((staging) => {
    const ended = [...staging.all()].filter(
      ([collection, entity]) => holdsDeviceStatuses(collection) && endsBetween(entity, fromMs, toMs),
    );
    for (const [collection, entity] of ended) staging.put(collection, { ...entity, status: "nonCompliant" });
    return ended.length;
  });
}

function holdsDeviceStatuses(collection: string): boolean {
  return collection.startsWith(`${DEVICE_COMPLIANCE_POLICIES}/`) && collection.endsWith(`/${DEVICE_STATUSES.name}`);
}

function endsBetween(
  { status, complianceGracePeriodExpirationDateTime: end }: Entity,
  fromMs: number,
  toMs: number,
): boolean {
  if (status !== "compliant" || typeof end !== "string") return false;
  const ticks = parseDateTimeOffset(end);
  if (ticks === undefined) return false;
  const endMs = unixMsOf(ticks);
  return endMs > fromMs && endMs <= toMs;
}
