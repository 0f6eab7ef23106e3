import type { Answer } from "../http/exchange";
import { pathOf } from "../model/collections";
import { parseDateTimeOffset } from "../model/dateTimeOffset";
import type { Entity } from "../model/entityType";
import type { JsonValue } from "../model/json";
import type { StatusOverview } from "../model/statusOverviews";
import { graphAnswer, keyOf } from "./graphRequest";
import type { GraphRequest } from "./graphRequest";
import { assertServed, parseSelect, selected } from "../odata/query";
import { notFound } from "./rows";
import { toWire } from "./wire";
import type { Wire } from "./wire";

/** Page intune-deviceconfig-devicecompliancedeviceoverview-get and its three siblings; the entity is bare, as with every get. */
export function getStatusOverview(overview: StatusOverview, request: GraphRequest): Answer {
  const { container } = overview;
  const entity = request.world.find(container.name, keyOf(request, container.key));
  if (entity === undefined) throw notFound(container, request);
  assertServed(request.query, ["$select"]);
  const names = parseSelect(request.query, overview.type, request.version);
  return graphAnswer(200, selected(names, statusOverviewWire(overview, entity, request)));
}

/**
 * The counters, worked out from the rows at the time of asking. Assumption, all but the last line: which counter counts which status (the
 * CSDL says "number of succeeded / failed / pending / … devices" and no more). Every row is counted once, so beta's counters add up to
 * the number of rows; v1.0 has no conflictCount. A mismatched platform cannot be seen in a row. With no rows the date is the time of
 * asking (microsoft-graph-docs #15029).
 */
export function statusOverviewWire(
  { type, statuses }: StatusOverview,
  container: Entity,
  { world, version, emulation }: GraphRequest,
): Wire {
  const rows = world.list(pathOf(statuses, container.id));
  const counts = new Map<JsonValue | undefined, number>();
  for (const { status } of rows) counts.set(status, (counts.get(status) ?? 0) + 1);
  const count = (...of: string[]): number => of.reduce((sum, status) => sum + (counts.get(status) ?? 0), 0);
  const overview: Entity = {
    id: container.id,
    pendingCount: count("unknown", "notAssigned"),
    notApplicableCount: count("notApplicable"),
    notApplicablePlatformCount: 0,
    successCount: count("compliant", "remediated"),
    errorCount: count("error"),
    failedCount: count("nonCompliant"),
    conflictCount: count("conflict"),
    lastUpdateDateTime: latestReport(rows) ?? emulation.clock.nowDateTime(),
    configurationVersion: container["version"] ?? 0,
  };
  return toWire(type, overview, version, emulation.profile);
}

function latestReport(rows: readonly Entity[]): string | undefined {
  let latest: { text: string; ticks: bigint } | undefined;
  for (const { lastReportedDateTime: text } of rows) {
    const ticks = typeof text === "string" ? parseDateTimeOffset(text) : undefined;
    if (typeof text !== "string" || ticks === undefined) continue;
    if (latest === undefined || ticks > latest.ticks) latest = { text, ticks };
  }
  return latest?.text;
}
