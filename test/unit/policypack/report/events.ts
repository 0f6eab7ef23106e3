import type { EngineEvent } from "../../../../policypack/src/report/engineEvents";

export const PACK = { policyPackName: "some-pack", policyPackVersion: "1.2.3" };
const TYPE = "pulumi-nodejs:dynamic/intune:DeviceComplianceDeviceStatus";
export const urnOf = (name: string) => `urn:pulumi:test::rows::${TYPE}::${name}`;

/** Shapes as CLI 3.259 streams them; test/engine/policyReports.test.ts holds them to the real stream. */
export const prelude: EngineEvent = { timestamp: 1795590779, preludeEvent: { config: { "rows:secret": "canary-1" } } };

export const summary = (result = "succeeded"): EngineEvent => ({
  summaryEvent: { PolicyPacks: { "some-pack|local|/home/canary-2/pack": "1.2.3" }, result },
});

export const finding = (
  name: string,
  policyName: string,
  enforcementLevel: string,
  message: string,
  severity = "high",
): EngineEvent => ({
  policyEvent: { ...PACK, resourceUrn: urnOf(name), policyName, enforcementLevel, severity, message },
});

export const engineError = (message: string, urn = ""): EngineEvent => ({
  diagnosticEvent: { severity: "error", message, ...(urn === "" ? {} : { urn }) },
});

export const analyzed = (passed: readonly string[], failed: readonly string[] = []): EngineEvent => ({
  policyAnalyzeSummaryEvent: { ...PACK, passed, failed },
});

export const stream = (events: readonly EngineEvent[]): string =>
  events.map((event, sequence) => JSON.stringify({ sequence, timestamp: 1795590779, ...event })).join("\n") + "\n";
