import { startAnalyzer, type Analyzer, type Properties } from "pulumi-intune-policies/testing";
import { FIXTURE, PACK, ROOT_STACK, SOUND_FIXTURE, texts } from "../support/policyFixtures";

const EXEMPTION = {
  policy: "status-enum",
  match: "archive-*",
  reason: "replays an export of 2019.",
  owner: "fixtures team",
  expires: "2099-12-31",
};
const BAD = { ...SOUND_FIXTURE, status: "inGracePeriod" };

describe("exemptions in the engine's process", () => {
  let analyzer: Analyzer;

  beforeAll(async () => {
    analyzer = await startAnalyzer(PACK);
  });
  afterAll(() => analyzer.stop());

  const configure = (...exemptions: readonly object[]) =>
    analyzer.configureWith({ "exemption-hygiene": { exemptions, maxDays: 3650 } });
  const judged = async (name: string, props: Properties = BAD) =>
    (await analyzer.analyze({ type: FIXTURE, name, props })).diagnostics.map(({ policy, level }) => [policy, level]);
  const onStack = async () =>
    texts((await analyzer.analyze({ type: ROOT_STACK, name: "project-dev", props: {} })).diagnostics);

  const soon = `${new Date().getUTCFullYear() + 1}-01-01`;

  it("makes a finding advisory while it holds, in the form that reports read", async () => {
    await configure({ ...EXEMPTION, expires: soon });
    expect(await onStack()).toEqual([]);
    expect((await analyzer.analyze({ type: FIXTURE, name: "archive-1", props: BAD })).diagnostics).toEqual([
      {
        policy: "status-enum",
        level: "advisory",
        severity: "high",
        message:
          "The status of a device compliance status must be a complianceStatus value of Microsoft Graph.\n" +
          `Exempted until ${soon} by fixtures team: replays an export of 2019. ` +
          'status is "inGracePeriod" (string), which is not a complianceStatus value. Did you mean "nonCompliant"? ' +
          "[DCS001] docs/rules/status-enum.md",
      },
    ]);
    expect(await judged("other")).toEqual([["status-enum", "mandatory"]]);
  });

  it.each([
    ["has expired", { expires: "2025-01-31" }, "Exemption 1 (status-enum) expired after 2025-01-31."],
    [
      "reaches too far",
      { expires: "2099-12-31" },
      "Exemption 1 (status-enum) expires on 2099-12-31, more than 3650 days ahead.",
    ],
    ["lacks a reason", { reason: "", expires: soon }, "Exemption 1 has no reason."],
  ])("lets nothing pass once it %s", async (_, change, fault) => {
    await configure({ ...EXEMPTION, ...change });
    expect(await onStack()).toEqual([expect.stringContaining(fault)]);
    expect(await judged("archive-1")).toEqual([["status-enum", "mandatory"]]);
  });

  it.each([
    ["no-secrets", { ...SOUND_FIXTURE, deviceModel: "Password=hunter2hunter2" }],
    ["tenant-guard", SOUND_FIXTURE],
  ])("does not hold for %s, and says so", async (policy, props) => {
    const exemption = { ...EXEMPTION, policy, expires: soon };
    await analyzer.configureWith({
      "exemption-hygiene": { exemptions: [exemption], maxDays: 3650 },
      "tenant-guard": { requireTenant: policy === "tenant-guard" },
    });
    expect(await onStack()).toEqual([
      expect.stringContaining(`Exemption 1 (${policy}) names a policy that cannot be exempted.`),
    ]);
    expect(await judged("archive-1", props)).toEqual([[policy, "mandatory"]]);
  });

  it("holds for stack rules, whose findings name their resource", async () => {
    await configure({ ...EXEMPTION, policy: "unique-fixture", match: "twin-2", expires: soon });
    const twins = ["twin-1", "twin-2", "twin-3"].map((name) => ({ type: FIXTURE, name, props: SOUND_FIXTURE }));
    const { diagnostics } = await analyzer.analyzeStack([
      { type: ROOT_STACK, name: "project-dev", props: {} },
      ...twins,
    ]);
    expect(diagnostics.map(({ policy, level, urn }) => [policy, level, urn?.split("::").at(-1)])).toEqual([
      ["unique-fixture", "advisory", "twin-2"],
      ["unique-fixture", "mandatory", "twin-3"],
    ]);
  });

  it("is reported as advisory where it covers nothing", async () => {
    await configure({ ...EXEMPTION, expires: soon });
    const { diagnostics } = await analyzer.analyzeStack([{ type: FIXTURE, name: "fixture", props: SOUND_FIXTURE }]);
    expect(diagnostics.map(({ policy, level }) => [policy, level])).toEqual([["exemption-hygiene", "advisory"]]);
    expect(texts(diagnostics)[0]).toContain("Exemption 1 (status-enum) covers no fixture of the stack.");
  });
});
