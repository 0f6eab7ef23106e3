import { policies } from "../../../policypack/src/policies";
import { dateTimeFormat } from "../../../policypack/src/policies/dateTimeFormat";
import { statusEnum } from "../../../policypack/src/policies/statusEnum";
import type { PolicyTemplate } from "../../../policypack/src/definePolicy";
import { COMPLIANT, remediateBy, UNKNOWN, type Circumstances, type Props } from "./judge";

/** What of the fixture is different afterwards; undefined if the policy has left it alone. */
function corrected(template: PolicyTemplate, change: Props, circumstances?: Circumstances): Props | undefined {
  const before: Props = { ...COMPLIANT, ...change };
  const inputs = { ...before };
  if (remediateBy(template, inputs, circumstances) === undefined) return undefined;
  return Object.fromEntries(Object.entries(inputs).filter(([key, value]) => value !== before[key]));
}

it("only two policies correct anything", () => {
  const names = policies.filter(({ remediateResource }) => remediateResource !== undefined).map(({ name }) => name);
  expect(names).toEqual(["status-enum", "datetime-format"]);
});

describe("remediation of status-enum", () => {
  it.each([
    ["NonCompliant", "nonCompliant"],
    ["noncompliant", "nonCompliant"],
    ["NON_COMPLIANT", "nonCompliant"],
    ["non-compliant", "nonCompliant"],
    ["not applicable", "notApplicable"],
    ["Compliant", "compliant"],
    ["UNKNOWN", "unknown"],
  ])("corrects %s", (status, meant) => {
    expect(corrected(statusEnum, { status })).toEqual({ status: meant });
  });

  it.each(["nonCompliant", "notCompliant", "complaint", "inGracePeriod", "", "noncompliant!", null, 7, ["Compliant"]])(
    "leaves %j alone",
    (status) => {
      expect(corrected(statusEnum, { status })).toBeUndefined();
    },
  );

  it("leaves an unknown value, an exempted resource, another type and a status that is not allowed alone", () => {
    const status = "Compliant";
    expect(corrected(statusEnum, { status: UNKNOWN })).toBeUndefined();
    expect(corrected(statusEnum, { status }, { type: "random:index/randomPet:RandomPet" })).toBeUndefined();
    expect(corrected(statusEnum, { status }, { config: { allow: ["error"] } })).toBeUndefined();
    const exemptions = [
      { policy: "status-enum", match: "fixture", reason: "a good reason", owner: "us", expires: "2026-12-31" },
    ];
    expect(corrected(statusEnum, { status }, { exemptions })).toBeUndefined();
    expect(corrected(statusEnum, { status })).toEqual({ status: "compliant" });
  });
});

describe.each(["lastReportedDateTime", "complianceGracePeriodExpirationDateTime"])(
  "remediation of datetime-format: %s",
  (property) => {
    it.each([
      ["2026-01-31t09:30:00z", "2026-01-31T09:30:00Z"],
      ["2026-01-31 09:30:00Z", "2026-01-31T09:30:00Z"],
      ["2026-01-31 09:30:00 UTC", "2026-01-31T09:30:00Z"],
      ["2026-01-31T09:30:00GMT", "2026-01-31T09:30:00Z"],
      ["2026-01-31T09:30:00.1234567 utc", "2026-01-31T09:30:00.1234567Z"],
      ["2026-01-31T09:30:00+0000", "2026-01-31T09:30:00+00:00"],
      ["2026-01-31T09:30:00-08", "2026-01-31T09:30:00-08:00"],
    ])("corrects %s", (text, meant) => {
      expect(corrected(dateTimeFormat, { [property]: text })).toEqual({ [property]: meant });
    });

    it.each([
      "2026-01-31T09:30:00Z",
      "2026-01-31T09:30:00-08:00",
      "2026-01-31T09:30:00",
      "2026-01-31T09:30Z",
      "2026-01-31",
      "2026-02-30 09:30:00Z",
      "1999-01-31 09:30:00Z",
      "2026-01-31T09:30:00.12345678 UTC",
      "2026-01-31T09:30:00 CET",
      "yesterday",
      null,
      7,
      UNKNOWN,
    ])("leaves %j alone", (text) => {
      expect(corrected(dateTimeFormat, { [property]: text })).toBeUndefined();
    });
  },
);

it("a remediation changes the inputs it was given, with all else that is in them, unknown values included", () => {
  const inputs: Props = { ...COMPLIANT, status: "Compliant", deviceModel: UNKNOWN, __provider: "exports.handler = 1" };
  expect(remediateBy(statusEnum, inputs)).toBeDefined();
  expect(inputs).toEqual({
    ...COMPLIANT,
    status: "compliant",
    deviceModel: UNKNOWN,
    __provider: "exports.handler = 1",
  });
});
