import { definePolicy, type Rule } from "../../../policypack/src/definePolicy";
import type { OptionTable } from "../../../policypack/src/options";
import { policies } from "../../../policypack/src/policies";
import { COMPLIANT, judge, UNKNOWN } from "./judge";

const ROOT_STACK = "pulumi:pulumi:Stack";

const policyOf = (rule: Rule<OptionTable>) =>
  definePolicy({
    name: "some-rule",
    id: "DCS999",
    displayName: "Some rule",
    description: "Some rule.",
    fix: "mend it",
    tags: ["some"],
    options: {},
    rule,
  });

describe.each(policies.map((policy) => [policy.name, policy] as const))("%s", (_, policy) => {
  it("accepts a compliant fixture without any configuration", () => {
    expect(judge(policy, COMPLIANT, { config: {} })).toEqual({ messages: [], notApplicable: false });
  });

  it.each(["random:index/randomPet:RandomPet", "pulumi-nodejs:dynamic:Resource", ROOT_STACK])(
    "does not apply to %s",
    (type) => {
      expect(judge(policy, { status: "bogus" }, { type })).toEqual({ messages: [], notApplicable: true });
    },
  );

  it("says nothing while every value is unknown", () => {
    const props = Object.fromEntries(Object.keys(COMPLIANT).map((name) => [name, UNKNOWN]));
    expect(judge(policy, props).messages).toEqual([]);
  });

  it("reports an unknown option on the stack, and not on the fixtures", () => {
    const config = { colour: "red" };
    expect(judge(policy, {}, { type: ROOT_STACK, config }).messages).toEqual([
      '"colour" (string) is not an option of this policy. ' +
        `Fix: correct the entry "${policy.name}" of the --policy-pack-config file [${policy.id}] docs/rules/${policy.name}.md`,
    ]);
    expect(judge(policy, COMPLIANT, { config }).messages).toEqual([]);
  });
});

describe("definePolicy", () => {
  it("prints a finding's own fix, else the policy's", () => {
    const policy = policyOf(() => [{ problem: "It is broken." }, { problem: "It is bent.", fix: "straighten it" }]);
    expect(judge(policy, {}).messages).toEqual([
      "It is broken. Fix: mend it [DCS999] docs/rules/some-rule.md",
      "It is bent. Fix: straighten it [DCS999] docs/rules/some-rule.md",
    ]);
  });

  it("turns an exception of the rule into one finding without its text", () => {
    const policy = policyOf(() => {
      throw new TypeError("cannot read ada@contoso.example");
    });
    expect(judge(policy, {}).messages).toEqual([
      "The policy could not judge this resource (TypeError). Fix: report this as a defect of the policy pack, " +
        "or set the policy to advisory until it is mended [DCS999] docs/rules/some-rule.md",
    ]);
  });

  it("turns an exception on reading a property into one finding", () => {
    const props = Object.defineProperty({}, "status", {
      get: () => {
        throw new RangeError("no");
      },
    });
    const policy = policyOf((read) => (read("status").known ? [] : []));
    expect(judge(policy, props).messages).toEqual([
      expect.stringContaining("could not judge this resource (RangeError)"),
    ]);
  });

  it("says nothing when the rule meets an unknown value inside a property", () => {
    const policy = policyOf((read) => {
      const reading = read("status");
      return [{ problem: JSON.stringify(reading.known && reading.value) }];
    });
    expect(judge(policy, { status: { inner: [UNKNOWN] } }).messages).toEqual([]);
    expect(judge(policy, { status: { inner: [1] } }).messages).toHaveLength(1);
  });
});
