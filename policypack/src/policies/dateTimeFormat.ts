import { parseDateTimeOffset } from "pulumi-intune/model";
import { definePolicy, type Finding } from "../definePolicy";
import { namesOfType } from "../deviceStatusProperties";
import { givenValue } from "../peek";
import { DATE_TEXT, describe } from "../valueText";

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
  options: {},
  rule: (read) =>
    namesOfType("Edm.DateTimeOffset").flatMap((property) => {
      const value = givenValue(read, property);
      return value === undefined ? [] : judge(property, value);
    }),
});

function judge(property: string, value: unknown): readonly Finding[] {
  const seen = `${property} is ${describe(value, DATE_TEXT)}`;
  if (typeof value !== "string") return [{ problem: `${seen}, which is no Edm.DateTimeOffset.` }];
  const parsed = parseDateTimeOffset(value);
  return "fault" in parsed ? [{ problem: `${seen}: it ${parsed.fault}.` }] : [];
}
