import { definePolicy } from "../../../policypack/src/definePolicy";
import type { OptionTable } from "../../../policypack/src/options";
import { templates } from "../../../policypack/src/policies";
import type { JudgeResource, PolicyDefinition } from "../../../policypack/src/policyDefinition";
import { COMPLIANT, judge, packIn, ROOT_STACK, UNKNOWN } from "./judge";

const EXAMPLE = { fixtures: {} };

const policyOf = (judgeResource: JudgeResource<OptionTable>, more: Partial<PolicyDefinition<OptionTable>> = {}) =>
  definePolicy({
    name: "some-rule",
    id: "DCS999",
    displayName: "Some rule",
    description: "Some rule.",
    fix: "mend it",
    tags: ["some"],
    level: "mandatory",
    severity: "high",
    exemptible: true,
    options: {},
    page: { why: [], bad: EXAMPLE, good: EXAMPLE, configuration: "mandatory" },
    judgeResource,
    ...more,
  });

describe.each(templates.map((template) => [template.name, template] as const))("%s", (name, template) => {
  const { id, kinds } = template.create(packIn());

  it("accepts a compliant fixture without any configuration", () => {
    expect(judge(template, COMPLIANT, { config: {} })).toEqual({
      messages: [],
      advisory: [],
      notApplicable: !kinds.includes("resource"),
    });
  });

  it.each(["random:index/randomPet:RandomPet", "pulumi-nodejs:dynamic:Resource"])("does not apply to %s", (type) => {
    expect(judge(template, { status: "bogus" }, { type })).toEqual({
      messages: [],
      advisory: [],
      notApplicable: true,
    });
  });

  it("reports an unknown option on the stack, and not on the fixtures", () => {
    const config = { colour: "red" };
    expect(judge(template, {}, { type: ROOT_STACK, config }).messages).toEqual([
      '"colour" (string) is not an option of this policy. ' +
        `Fix: correct the entry "${name}" of the --policy-pack-config file [${id}] docs/rules/${name}.md`,
    ]);
    expect(judge(template, COMPLIANT, { config }).messages).toEqual([]);
  });
});

describe("definePolicy", () => {
  it("prints a finding's own fix, else the policy's, and none where there is nothing to put right", () => {
    const policy = policyOf(() => [
      { problem: "It is broken." },
      { problem: "It is bent.", fix: "straighten it" },
      { problem: "It is so.", fix: null },
    ]);
    expect(judge(policy, {}).messages).toEqual([
      "It is broken. Fix: mend it [DCS999] docs/rules/some-rule.md",
      "It is bent. Fix: straighten it [DCS999] docs/rules/some-rule.md",
      "It is so. [DCS999] docs/rules/some-rule.md",
    ]);
  });

  it("reports a doubt as advisory, and a fault at the policy's level", () => {
    const policy = policyOf(() => [{ problem: "It is odd.", level: "advisory" }, { problem: "It is broken." }]);
    const { messages, advisory } = judge(policy, {});
    expect(messages).toHaveLength(2);
    expect(advisory).toEqual(["It is odd. Fix: mend it [DCS999] docs/rules/some-rule.md"]);
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
    const policy = policyOf(({ read }) => (read("status").known ? [] : []));
    expect(judge(policy, props).messages).toEqual([
      expect.stringContaining("could not judge this resource (RangeError)"),
    ]);
  });

  it("is undecided, not at fault, where the rule meets an unknown value inside a property", () => {
    const policy = policyOf(({ read }) => {
      const reading = read("status");
      return [{ problem: JSON.stringify(reading.known && reading.value) }];
    });
    const pack = packIn();
    expect(judge(policy, { status: { inner: [UNKNOWN] } }, { pack }).messages).toEqual([]);
    expect(
      pack.undecided.take(
        "urn:pulumi:dev::project::pulumi-nodejs:dynamic/intune:DeviceComplianceDeviceStatus::fixture",
      ),
    ).toEqual([{ property: "status", rules: ["some-rule"] }]);
    expect(judge(policy, { status: { inner: [1] } }).messages).toHaveLength(1);
  });

  it("notes what it could not decide by, and not what it only glanced at", () => {
    const policy = policyOf(({ read, glance }) => (read("status").known || glance("platform").known ? [] : []));
    const pack = packIn();
    judge(policy, { status: UNKNOWN, platform: UNKNOWN }, { pack });
    const urn = "urn:pulumi:dev::project::pulumi-nodejs:dynamic/intune:DeviceComplianceDeviceStatus::fixture";
    expect(pack.undecided.take(urn)).toEqual([{ property: "status", rules: ["some-rule"] }]);
    expect(pack.undecided.take(urn)).toEqual([]);
  });
});

describe("an exemption", () => {
  const exemption = {
    policy: "some-rule",
    match: "archive-*",
    reason: "a good reason",
    owner: "a team",
    expires: "2026-12-31",
  };
  const broken: JudgeResource<OptionTable> = () => [{ problem: "It is broken." }];

  it("makes a finding advisory, with its reason, owner and end", () => {
    expect(judge(policyOf(broken), {}, { name: "archive-1", exemptions: [exemption] })).toEqual({
      messages: ["Exempted until 2026-12-31 by a team: a good reason. It is broken. [DCS999] docs/rules/some-rule.md"],
      advisory: [expect.stringContaining("Exempted until 2026-12-31")],
      notApplicable: false,
    });
  });

  it.each([
    ["another resource", { match: "other-*" }],
    ["another policy", { policy: "naming" }],
  ])("for %s changes nothing", (_, change) => {
    const exemptions = [{ ...exemption, ...change }];
    expect(judge(policyOf(broken), {}, { name: "archive-1", exemptions }).advisory).toEqual([]);
  });

  it("of a rule that may not be exempted changes nothing", () => {
    const policy = policyOf(broken, { exemptible: false });
    expect(judge(policy, {}, { name: "archive-1", exemptions: [exemption] }).advisory).toEqual([]);
  });

  it("matches a URN where its glob begins with urn:", () => {
    const urn = (match: string) => [{ ...exemption, match }];
    const policy = policyOf(broken);
    expect(judge(policy, {}, { name: "x", exemptions: urn("urn:pulumi:dev::*::x") }).advisory).toHaveLength(1);
    expect(judge(policy, {}, { name: "x", exemptions: urn("urn:pulumi:prod::*::x") }).advisory).toHaveLength(0);
  });
});
