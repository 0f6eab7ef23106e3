import { dateTimeOrder } from "../../../../policypack/src/policies/dateTimeOrder";
import { COMPLIANT, judge, UNKNOWN } from "../judge";

const GRACE = "complianceGracePeriodExpirationDateTime";
const REPORTED = "lastReportedDateTime";
const NONE = "9999-12-31T23:59:59.9999999Z";
const PAGE = "[DCS005] docs/rules/datetime-order.md";

const judged = (change: Record<string, unknown>, config?: Record<string, unknown>) =>
  judge(dateTimeOrder, { ...COMPLIANT, [GRACE]: NONE, ...change }, config === undefined ? {} : { config });

describe("datetime-order", () => {
  it.each([
    ["just now", "2026-06-15T12:00:00Z"],
    ["within the skew", "2026-06-15T12:05:00Z"],
    ["in another offset", "2026-06-16T02:00:00+14:00"],
    ["long ago", "2001-01-01T00:00:00Z"],
  ])("accepts a report %s", (_, text) => {
    expect(judged({ [REPORTED]: text }).messages).toEqual([]);
  });

  it.each(["2026-06-15T12:05:00.0000001Z", "2026-06-15T12:05:01Z", "2099-01-01T00:00:00Z"])(
    "rejects a report at %s",
    (text) => {
      expect(judged({ [REPORTED]: text }).messages).toEqual([
        `lastReportedDateTime is "${text}" (string), which lies in the future. ` +
          `Fix: give an instant that has passed, or raise the option skewSeconds ${PAGE}`,
      ]);
    },
  );

  it("takes the skew from the option", () => {
    expect(judged({ [REPORTED]: "2026-06-15T12:00:01Z" }, { skewSeconds: 0 }).messages).toHaveLength(1);
    expect(judged({ [REPORTED]: "2026-06-15T13:00:00Z" }, { skewSeconds: 3600 }).messages).toHaveLength(0);
  });

  it.each([NONE, "2027-01-31T09:30:00Z", "2026-01-31T09:30:00Z"])("accepts a grace period until %s", (text) => {
    expect(judged({ [GRACE]: text }).messages).toEqual([]);
  });

  it("rejects a grace period longer than Intune takes", () => {
    expect(judged({ [GRACE]: "2027-01-31T09:30:01Z" })).toEqual({
      messages: [
        `${GRACE} is "2027-01-31T09:30:01Z" (string), more than 365 days after lastReportedDateTime. ` +
          `Fix: give an earlier end, or ${NONE} for no grace period, or raise the option maxGraceDays ${PAGE}`,
      ],
      advisory: [],
      notApplicable: false,
    });
    expect(judged({ [GRACE]: "2026-02-02T09:30:00Z" }, { maxGraceDays: 1 }).messages).toHaveLength(1);
  });

  it("doubts a compliant device whose grace period ended long ago, as advisory", () => {
    const change = { status: "compliant", [GRACE]: "2026-01-01T09:29:59Z" };
    const { messages, advisory } = judged(change);
    expect(advisory).toEqual(messages);
    expect(messages).toEqual([
      `status is "compliant" (string), but ${GRACE} is "2026-01-01T09:29:59Z" (string), more than 30 days before lastReportedDateTime. ` +
        `Fix: give ${NONE} for no grace period, if none is meant ${PAGE}`,
    ]);
    expect(judged({ ...change, [GRACE]: "2026-01-01T09:30:00Z" }).messages).toEqual([]);
    expect(judged(change, { doubtfulGraceDays: 31 }).messages).toEqual([]);
    expect(judged({ ...change, status: "nonCompliant" }).messages).toEqual([]);
  });

  it.each([[null], [undefined], [UNKNOWN], ["never"], [7], [["2099-01-01T00:00:00Z"]], [{ date: UNKNOWN }]])(
    "says nothing of %j, which is the business of other rules",
    (value) => {
      expect(judged({ [REPORTED]: value, [GRACE]: "2099-01-01T00:00:00Z" }).messages).toEqual([]);
      expect(judged({ [GRACE]: value, status: "compliant" }).messages).toEqual([]);
    },
  );
});
