import { requiredFields } from "../../../../policypack/src/policies/requiredFields";
import { COMPLIANT, judge, judgeWith, UNKNOWN } from "../judge";

const REQUIRED: readonly [string, string][] = [
  ["deviceCompliancePolicyId", "the id of an existing compliance policy"],
  ["platform", "a value of type Edm.Int32"],
  ["complianceGracePeriodExpirationDateTime", "a value of type Edm.DateTimeOffset"],
  ["status", "a value of type graph.complianceStatus"],
  ["lastReportedDateTime", "a value of type Edm.DateTimeOffset"],
];
const OPTIONAL = ["deviceDisplayName", "userName", "userPrincipalName", "deviceModel"];

const message = (property: string, kind: string, wanted: string) =>
  `${property} is ${kind}, but it is required. Fix: give ${property} ${wanted} [DCS002] docs/rules/required-fields.md`;

describe("required-fields", () => {
  it("accepts a complete fixture", () => {
    expect(judge(requiredFields, COMPLIANT).messages).toEqual([]);
  });

  describe.each(REQUIRED)("%s", (property, wanted) => {
    it.each([
      ["missing", undefined],
      ["null", null],
      ["an empty string", ""],
      ["a blank string", " \t\n\u00a0"],
    ])("must not be %s", (kind, value) => {
      expect(judgeWith(requiredFields, property, value)).toEqual([message(property, kind, wanted)]);
    });

    it.each([[UNKNOWN], [0], [false], ["x"], [[]], [{}], [[UNKNOWN]]])("counts %j as given", (value) => {
      expect(judgeWith(requiredFields, property, value)).toEqual([]);
    });
  });

  it.each(OPTIONAL)("lets %s be left out", (property) => {
    expect(judgeWith(requiredFields, property, undefined)).toEqual([]);
    expect(judgeWith(requiredFields, property, null)).toEqual([]);
  });

  it("reports every missing property at once, in the order of the metadata", () => {
    expect(judge(requiredFields, {}).messages).toEqual(
      REQUIRED.map(([property, wanted]) => message(property, "missing", wanted)),
    );
  });

  it("does not skip the other properties when one is unknown", () => {
    const [, platform] = REQUIRED;
    expect(judge(requiredFields, { ...COMPLIANT, deviceCompliancePolicyId: UNKNOWN, platform: null }).messages).toEqual(
      [message("platform", "null", platform?.[1] ?? "")],
    );
  });

  it("requires what the option fields lists instead of the default", () => {
    const config = { fields: ["userPrincipalName"] };
    expect(judge(requiredFields, {}, { config }).messages).toEqual([
      message("userPrincipalName", "missing", "a value of type Edm.String"),
    ]);
  });
});
