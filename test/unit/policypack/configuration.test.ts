import { requiredFields } from "../../../policypack/src/policies/requiredFields";
import { statusEnum } from "../../../policypack/src/policies/statusEnum";
import type { PolicyTemplate } from "../../../policypack/src/definePolicy";
import { COMPLIANT, judge, type Props } from "./judge";

const faultsOf = (policy: PolicyTemplate, config: Props) =>
  judge(policy, {}, { type: "pulumi:pulumi:Stack", config }).messages.map((message) => message.split(" Fix: ")[0]);

describe("configuration findings", () => {
  it.each<[string, Props, string[]]>([
    [
      "a misspelt option",
      { alow: ["compliant"] },
      ['"alow" (string) is not an option of this policy. Did you mean "allow"?'],
    ],
    [
      "a misspelt status",
      { allow: ["compliant", "noncompliant"] },
      [
        'Option allow lists "noncompliant" (string), which is not a complianceStatus value. Did you mean "nonCompliant"?',
      ],
    ],
    [
      "entries of other kinds",
      { allow: [7, null, "compliant"] },
      [
        "Option allow lists a number, which is not a complianceStatus value.",
        "Option allow lists null, which is not a complianceStatus value.",
      ],
    ],
    ["an empty list", { allow: [] }, ["Option allow is an empty list."]],
    ["no list", { allow: "compliant" }, ["Option allow is a string of 9 characters, not a list."]],
    ["null", { allow: null }, ["Option allow is null, not a list."]],
    ["a name from Object.prototype", { toString: 1 }, ['"toString" (string) is not an option of this policy.']],
  ])("name %s", (_, config, faults) => {
    expect(faultsOf(statusEnum, config)).toEqual(faults);
  });

  it("name a misspelt property", () => {
    expect(faultsOf(requiredFields, { fields: ["userPrincipalname"] })).toEqual([
      'Option fields lists "userPrincipalname" (string), which is not an input of DeviceComplianceDeviceStatus. Did you mean "userPrincipalName"?',
    ]);
  });

  it.each<[string, unknown]>([
    ["an empty list", []],
    ["no list", "compliant"],
    ["only misspelt names", ["noncompliant"]],
  ])("leave the default in force for %s", (_, allow) => {
    expect(judge(statusEnum, COMPLIANT, { config: { allow } }).messages).toEqual([]);
    expect(judge(statusEnum, { status: "bogus" }, { config: { allow } }).messages).toHaveLength(1);
  });
});
