import { parseDateTimeOffset } from "pulumi-intune/model";
import { correctDateTime } from "../correctDateTime";
import { definePolicy } from "../definePolicy";
import { GRACE_END, NO_GRACE_PERIOD, NOT_SET, namesOfType } from "../deviceStatusProperties";
import { countOption } from "../optionKinds";
import { givenValue } from "../peek";
import type { Finding } from "../policyDefinition";
import { EXAMPLE_INPUTS } from "../rulePage";
import { DATE_TEXT, describe } from "../valueText";

interface Years {
  readonly minYear: number;
  readonly maxYear: number;
}

/**
 * Date-times as Graph reads them. `Date` would let 30 February pass as 1 March, and the service answers a text without
 * offset or seconds with a plain 400.
 *
 * @see https://learn.microsoft.com/graph/api/resources/intune-deviceconfig-devicecompliancedevicestatus
 */
export const dateTimeFormat = definePolicy({
  name: "datetime-format",
  id: "DCS003",
  displayName: "Date-times are Edm.DateTimeOffset",
  description:
    "The date-times of a device compliance status must be Edm.DateTimeOffset texts that name a real instant.",
  fix: "give an existing date and time with seconds and offset, such as 2026-01-31T09:30:00Z",
  tags: ["intune", "datetime"],
  level: "mandatory",
  severity: "high",
  exemptible: true,
  options: {
    minYear: countOption({
      description: "The earliest year that a date-time may name.",
      standard: 2000,
      minimum: 1,
      maximum: 9999,
    }),
    maxYear: countOption({
      description: "The latest year that a date-time may name.",
      standard: 2100,
      minimum: 1,
      maximum: 9999,
    }),
  },
  page: {
    why: [
      "Graph reads `YYYY-MM-DDThh:mm:ss`, a fraction if wanted, and `Z` or an offset. Other forms are refused with a plain 400 that does not say which property is meant. A day that does not exist, such as 30 February, is worse: programs that use JavaScript's `Date` read it as 1 March without a word.",
      "A year outside of what devices report is a slip (`0206`) or a placeholder: `0001-01-01T00:00:00Z` is what .NET stores where nothing was set. The end of a grace period may be `9999-12-31T23:59:59.9999999Z`, which the service answers where there is none.",
    ],
    bad: {
      fixtures: {
        overdue: {
          ...EXAMPLE_INPUTS,
          lastReportedDateTime: "2026-02-30T09:30:00Z",
          complianceGracePeriodExpirationDateTime: "2026-03-07T09:30:00",
        },
      },
    },
    good: {
      fixtures: {
        overdue: {
          ...EXAMPLE_INPUTS,
          lastReportedDateTime: "2026-02-28T09:30:00Z",
          complianceGracePeriodExpirationDateTime: "2026-03-07T09:30:00.1234567+01:00",
        },
      },
    },
    configuration: { enforcementLevel: "mandatory", minYear: 2015, maxYear: 2035 },
    more: [
      "Write the date, `T`, the time with seconds, and `Z` or an offset of at most 14:00 hours. Digits beyond seven of a fraction are cut.",
      "At the level `remediate`, other spellings of the same instant are corrected: `t` and `z`, a blank for the `T`, `UTC` or `GMT`, and offsets without colon. A missing offset is not, for it would have to be guessed.",
      "A date-time that is not given, or null, is the business of [required-fields](required-fields.md).",
    ],
  },
  judgeResource: ({ read }, years) =>
    namesOfType("Edm.DateTimeOffset").flatMap((property) => {
      const value = givenValue(read, property);
      return value === undefined ? [] : judge(property, value, years);
    }),
  remediate({ glance }, years) {
    const corrected = namesOfType("Edm.DateTimeOffset").map((property) => {
      const value = givenValue(glance, property);
      const text = typeof value === "string" ? correctDateTime(value) : undefined;
      return [property, text !== undefined && judge(property, text, years).length === 0 ? text : undefined] as const;
    });
    return Object.fromEntries(corrected.filter((entry): entry is [string, string] => entry[1] !== undefined));
  },
});

function judge(property: string, value: unknown, years: Years): readonly Finding[] {
  const seen = `${property} is ${describe(value, DATE_TEXT)}`;
  if (typeof value !== "string") return [{ problem: `${seen}, which is no Edm.DateTimeOffset.` }];
  const parsed = parseDateTimeOffset(value);
  if ("fault" in parsed) return [{ problem: `${seen}: it ${parsed.fault}.` }];
  if (property === GRACE_END && value === NO_GRACE_PERIOD) return [];
  return yearFinding(seen, value, years);
}

function yearFinding(seen: string, value: string, { minYear, maxYear }: Years): readonly Finding[] {
  if (value === NOT_SET) return [{ problem: `${seen}: it stands for a date-time that was never set.` }];
  const year = Number(value.slice(0, 4));
  if (year >= minYear && year <= maxYear) return [];
  return [
    {
      problem: `${seen}: it names the year ${year}, outside of ${minYear} to ${maxYear}.`,
      fix: "give the date-time that a device would report, or widen the options minYear and maxYear",
    },
  ];
}
