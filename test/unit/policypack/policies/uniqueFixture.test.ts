import { uniqueFixture } from "../../../../policypack/src/policies/uniqueFixture";
import { COMPLIANT, judgeBy, judgeStack, packIn, UNKNOWN, type Circumstances, type Props } from "../judge";

const message = (name: string, key = "deviceCompliancePolicyId, deviceDisplayName, userPrincipalName") =>
  `${key} are those of the fixture "${name}". ` +
  "Fix: take one of the two out, or give it a device or user of its own [DCS011] docs/rules/unique-fixture.md";

const other = { ...COMPLIANT, deviceDisplayName: "FIXTURE-2" };

describe("unique-fixture on a stack", () => {
  it("accepts fixtures that differ in policy, device or user", () => {
    const fixtures = {
      a: COMPLIANT,
      b: other,
      c: { ...COMPLIANT, userPrincipalName: "bob@contoso.example" },
      d: { ...COMPLIANT, deviceCompliancePolicyId: "9a1b" },
    };
    expect(judgeStack(uniqueFixture, fixtures).messages).toEqual([]);
  });

  it("names each twin and the first of them in the order of URNs, whatever order they come in", () => {
    const twin = { ...COMPLIANT, status: "error", deviceModel: "other" };
    const expected = [`b: ${message("a")}`, `c: ${message("a")}`];
    expect(judgeStack(uniqueFixture, { a: COMPLIANT, b: twin, c: COMPLIANT, d: other }).messages).toEqual(expected);
    expect(judgeStack(uniqueFixture, { d: other, c: COMPLIANT, b: twin, a: COMPLIANT }).messages).toEqual(expected);
  });

  it.each<[string, Props]>([
    ["of an unknown device", { ...COMPLIANT, deviceDisplayName: UNKNOWN }],
    ["of no device and user", { ...COMPLIANT, deviceDisplayName: null, userPrincipalName: undefined }],
  ])("compares no fixtures %s", (_, props) => {
    expect(judgeStack(uniqueFixture, { a: props, b: { ...props } }).messages).toEqual([]);
  });

  it("takes null for not given", () => {
    const [absent, given] = [
      { ...COMPLIANT, userPrincipalName: undefined },
      { ...COMPLIANT, userPrincipalName: null },
    ];
    expect(judgeStack(uniqueFixture, { a: absent, b: given }).messages).toEqual([`b: ${message("a")}`]);
  });

  it("takes the key from the option", () => {
    const config = { key: ["status"] };
    expect(judgeStack(uniqueFixture, { a: COMPLIANT, b: other }, { config }).messages).toEqual([
      `b: ${message("a", "status")}`,
    ]);
  });

  it("lets an exempted twin pass, as advisory", () => {
    const exemptions = [
      { policy: "unique-fixture", match: "b", reason: "a good reason", owner: "us", expires: "2026-12-31" },
    ];
    const { messages, advisory } = judgeStack(uniqueFixture, { a: COMPLIANT, b: COMPLIANT }, { exemptions });
    expect(messages).toEqual([expect.stringMatching(/^b: Exempted until 2026-12-31 by us: a good reason\. device/)]);
    expect(advisory).toEqual(messages);
  });
});

describe("unique-fixture in an update", () => {
  const start = (circumstances: Circumstances = {}) => {
    const policy = uniqueFixture.create(packIn(circumstances));
    return (name: string, props: Props = COMPLIANT, more: Circumstances = {}) =>
      judgeBy(policy, props, { ...circumstances, name, ...more }).messages;
  };

  it("holds each fixture against those before it, any number of times", () => {
    const judged = start();
    expect([judged("a"), judged("a"), judged("b"), judged("b"), judged("c", other), judged("a")]).toEqual([
      [],
      [],
      [message("a")],
      [message("a")],
      [],
      [],
    ]);
  });

  it("keeps stacks apart", () => {
    const judged = start();
    expect(judged("a", COMPLIANT, { stack: "one" })).toEqual([]);
    expect(judged("b", COMPLIANT, { stack: "two" })).toEqual([]);
  });

  it("forgets with its pack", () => {
    expect(start()("a")).toEqual([]);
    expect(start()("b")).toEqual([]);
  });

  it("leaves preview to the stack rule", () => {
    const judged = start({ isPreview: true });
    expect([judged("a"), judged("b")]).toEqual([[], []]);
  });
});
