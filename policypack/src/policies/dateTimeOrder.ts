import { parseDateTimeOffset } from "pulumi-intune/model";
import { definePolicy } from "../definePolicy";
import { GRACE_END, LAST_REPORTED, NO_GRACE_PERIOD } from "../deviceStatusProperties";
import { countOption } from "../optionKinds";
import { givenValue, type Read } from "../peek";
import type { Finding } from "../policyDefinition";
import { EXAMPLE_INPUTS } from "../rulePage";
import { DATE_TEXT, describe } from "../valueText";

const TICKS_PER_SECOND = 10_000_000n;
const TICKS_PER_DAY = 86_400n * TICKS_PER_SECOND;

/** The date-times of one fixture against each other and against the clock. Texts that are none are datetime-format's. */
export const dateTimeOrder = definePolicy({
  name: "datetime-order",
  id: "DCS005",
  displayName: "Date-times can have come about",
  description: "The date-times of a device compliance status must be ones that a device can have reported.",
  fix: "give date-times that a device can have reported",
  tags: ["intune", "datetime"],
  level: "mandatory",
  severity: "medium",
  exemptible: true,
  options: {
    skewSeconds: countOption({
      description: "How far lastReportedDateTime may lie after the clock of the machine that runs the pack.",
      standard: 300,
      minimum: 0,
      maximum: 86_400,
    }),
    maxGraceDays: countOption({
      description: "How far a grace period may end after lastReportedDateTime. Intune takes at most 365 days.",
      standard: 365,
      minimum: 0,
      maximum: 36_500,
    }),
    doubtfulGraceDays: countOption({
      description: "How long the grace period of a compliant device may have ended before lastReportedDateTime.",
      standard: 30,
      minimum: 0,
      maximum: 36_500,
    }),
  },
  page: {
    why: [
      "A device cannot have reported in the future, and Intune's grace periods (`gracePeriodHours` of a scheduled action) are at most 8760 hours. Dashboards sort and count by both, and a fixture that cannot exist hides their faults.",
      "A compliant device whose grace period ran out long before its last report is possible but rarely meant: it is reported as advisory at any level.",
    ],
    bad: {
      fixtures: {
        overdue: {
          ...EXAMPLE_INPUTS,
          lastReportedDateTime: "2099-01-31T09:30:00Z",
          complianceGracePeriodExpirationDateTime: "2100-12-31T00:00:00Z",
        },
        fine: {
          ...EXAMPLE_INPUTS,
          status: "compliant",
          complianceGracePeriodExpirationDateTime: "2025-06-30T00:00:00Z",
        },
      },
    },
    good: {
      fixtures: {
        overdue: EXAMPLE_INPUTS,
        fine: { ...EXAMPLE_INPUTS, status: "compliant", complianceGracePeriodExpirationDateTime: NO_GRACE_PERIOD },
      },
    },
    configuration: { enforcementLevel: "mandatory", skewSeconds: 0, maxGraceDays: 90 },
    more: [
      "The end of a grace period that does not exist is `9999-12-31T23:59:59.9999999Z`, and is never held against a fixture.",
    ],
  },
  judgeResource({ read }, { skewSeconds, maxGraceDays, doubtfulGraceDays }, { surroundings }) {
    const reported = readInstant(read, LAST_REPORTED);
    if (reported === undefined) return [];
    const now = ticksOf(surroundings.now().toISOString()) ?? 0n;
    const future = reported.ticks > now + BigInt(skewSeconds) * TICKS_PER_SECOND ? [futureFinding(reported)] : [];
    const graceEnd = readInstant(read, GRACE_END);
    if (graceEnd === undefined || graceEnd.text === NO_GRACE_PERIOD) return future;
    if (graceEnd.ticks > reported.ticks + BigInt(maxGraceDays) * TICKS_PER_DAY)
      return [...future, lateFinding(graceEnd, maxGraceDays)];
    const isPast = graceEnd.ticks < reported.ticks - BigInt(doubtfulGraceDays) * TICKS_PER_DAY;
    if (!isPast || givenValue(read, "status") !== "compliant") return future;
    return [...future, doubtfulFinding(graceEnd, doubtfulGraceDays)];
  },
});

interface GivenInstant {
  readonly text: string;
  readonly ticks: bigint;
}

function readInstant(read: Read, property: string): GivenInstant | undefined {
  const text = givenValue(read, property);
  const ticks = typeof text === "string" ? ticksOf(text) : undefined;
  return ticks === undefined ? undefined : { text: String(text), ticks };
}

function ticksOf(text: string): bigint | undefined {
  const parsed = parseDateTimeOffset(text);
  return "ticks" in parsed ? parsed.ticks : undefined;
}

const futureFinding = ({ text }: GivenInstant): Finding => ({
  problem: `${LAST_REPORTED} is ${describe(text, DATE_TEXT)}, which lies in the future.`,
  fix: "give an instant that has passed, or raise the option skewSeconds",
});

const lateFinding = ({ text }: GivenInstant, maxGraceDays: number): Finding => ({
  problem: `${GRACE_END} is ${describe(text, DATE_TEXT)}, more than ${maxGraceDays} days after ${LAST_REPORTED}.`,
  fix: `give an earlier end, or ${NO_GRACE_PERIOD} for no grace period, or raise the option maxGraceDays`,
});

const doubtfulFinding = ({ text }: GivenInstant, doubtfulGraceDays: number): Finding => ({
  problem: `status is "compliant" (string), but ${GRACE_END} is ${describe(text, DATE_TEXT)}, more than ${doubtfulGraceDays} days before ${LAST_REPORTED}.`,
  fix: `give ${NO_GRACE_PERIOD} for no grace period, if none is meant`,
  level: "advisory",
});
