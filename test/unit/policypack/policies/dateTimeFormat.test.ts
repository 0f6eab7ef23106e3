import { dateTimeFormat } from "../../../../policypack/src/policies/dateTimeFormat";
import { COMPLIANT, judge, judgeWith, UNKNOWN } from "../judge";

const PROPERTIES = ["complianceGracePeriodExpirationDateTime", "lastReportedDateTime"];
const TAIL =
  "Fix: give an existing date and time with seconds and offset, such as 2026-01-31T09:30:00Z [DCS003] docs/rules/datetime-format.md";
const EXAMPLE = "2017-01-01T00:00:17.7769392-08:00";

describe.each(PROPERTIES)("datetime-format: %s", (property) => {
  it.each([
    "2026-01-31T09:30:00Z",
    "2024-02-29T00:00:00Z",
    EXAMPLE,
    "2000-01-01T00:00:00Z",
    "2100-12-31T23:59:59.9999999+14:00",
  ])("accepts %s", (text) => {
    expect(judgeWith(dateTimeFormat, property, text)).toEqual([]);
  });

  it.each([
    ["2026-02-30T00:00:00Z", "names day 30 of 2026-02, which does not exist"],
    ["2025-02-29T00:00:00Z", "names day 29 of 2025-02, which does not exist"],
    ["1900-02-29T00:00:00Z", "names day 29 of 1900-02, which does not exist"],
    ["2026-04-31T00:00:00Z", "names day 31 of 2026-04, which does not exist"],
    ["2026-13-01T00:00:00Z", "names month 13, which does not exist"],
    ["2026-01-01T24:00:00Z", "names a time of day beyond 23:59:59"],
    ["2026-01-01T00:00:00+14:01", "has an offset beyond 14:00 hours"],
    ["0000-01-01T00:00:00Z", "is before the year 0001"],
    ["2026-01-31", `has no time of day; write it like ${EXAMPLE}`],
    ["2026-01-31T09:30Z", `has no seconds; write it like ${EXAMPLE}`],
    ["2026-01-31T09:30:00", "has no offset; append Z or an offset such as -08:00"],
    ["31.01.2026 09:30", `is no Edm.DateTimeOffset; write it like ${EXAMPLE}`],
    ["2026-01-31t09:30:00z", `is no Edm.DateTimeOffset; write it like ${EXAMPLE}`],
    ["1769852400", `is no Edm.DateTimeOffset; write it like ${EXAMPLE}`],
  ])("rejects %s", (text, fault) => {
    expect(judgeWith(dateTimeFormat, property, text)).toEqual([
      `${property} is "${text}" (string): it ${fault}. ${TAIL}`,
    ]);
  });

  it.each([
    ["yesterday", "a string of 9 characters"],
    ["", "an empty string"],
    [" ", "a blank string"],
  ])("names %j by its kind", (text, kind) => {
    const fault = `it is no Edm.DateTimeOffset; write it like ${EXAMPLE}`;
    expect(judgeWith(dateTimeFormat, property, text)).toEqual([`${property} is ${kind}: ${fault}. ${TAIL}`]);
  });

  it("shows a long text on one line of at most 60 characters", () => {
    const [message] = judgeWith(dateTimeFormat, property, `2026-01-31\n09:30 ${"0".repeat(500)}`);
    expect(message).toContain(`${property} is "2026-01-31 09:30 ${"0".repeat(42)}…" (string): it is no`);
  });

  it.each([
    [1769852400, "a number"],
    [false, "a boolean"],
    [["2026-01-31T09:30:00Z"], "an array"],
    [{ date: UNKNOWN }, "an object"],
  ])("rejects %j by its kind", (value, kind) => {
    expect(judgeWith(dateTimeFormat, property, value)).toEqual([
      `${property} is ${kind}, which is no Edm.DateTimeOffset. ${TAIL}`,
    ]);
  });

  it.each([
    ["not given", undefined],
    ["null", null],
    ["unknown", UNKNOWN],
  ])("says nothing of a value that is %s", (_, value) => {
    expect(judgeWith(dateTimeFormat, property, value)).toEqual([]);
  });

  it("is judged while every other property is unknown", () => {
    const props = Object.fromEntries(Object.keys(COMPLIANT).map((name) => [name, UNKNOWN]));
    expect(judge(dateTimeFormat, { ...props, [property]: "2026-02-30T00:00:00Z" }).messages).toHaveLength(1);
  });
});

it("datetime-format reports both properties of one resource", () => {
  const props = Object.fromEntries(PROPERTIES.map((property) => [property, "2026-13-01T00:00:00Z"]));
  const properties = judge(dateTimeFormat, props).messages.map((message) => message.split(" ")[0]);
  expect(properties).toEqual(PROPERTIES);
});
