import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startAnalyzer, UNKNOWN, type Analyzer, type Properties } from "pulumi-intune-policies/testing";
import { FIXTURE, PACK, ROOT_STACK, SOUND_FIXTURE, texts } from "../support/policyFixtures";

const profile = (name: string) =>
  JSON.parse(readFileSync(join(PACK, `profiles/${name}.json`), "utf8")) as Record<string, unknown>;

describe("the policy pack with a configuration file", () => {
  let analyzer: Analyzer;

  beforeAll(async () => {
    analyzer = await startAnalyzer(PACK);
  });
  afterAll(() => analyzer.stop());

  const findings = async (props: Properties, type = FIXTURE, name = "fixture") =>
    (await analyzer.analyze({ type, name, props })).diagnostics;
  const levels = async (props: Properties) =>
    Object.fromEntries((await findings(props)).map(({ policy, level }) => [policy, level]));

  it("is silent on the stack where the file has no faults", async () => {
    for (const file of [{}, profile("ci"), profile("strict"), profile("lenient")]) {
      await analyzer.configureWith(file);
      expect(await findings({}, ROOT_STACK)).toEqual([]);
    }
  });

  it("reports a policy that does not exist, and options of all, which the engine accepts in silence", async () => {
    await analyzer.configureWith({ "tenant-gaurd": "mandatory" });
    const [finding, ...others] = await findings({}, ROOT_STACK);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      policy: "pack-config",
      level: "mandatory",
      message:
        "The configuration of the pack must name only policies that exist.\n" +
        '"tenant-gaurd" (string) is no policy of this pack. Did you mean "tenant-guard"? ' +
        "Fix: correct the name in the --policy-pack-config file [DCS016] docs/rules/pack-config.md",
    });
  });

  it("reports a misspelt option under the policy's name", async () => {
    await analyzer.configureWith({ "unique-fixture": { keys: ["status"] } });
    expect(texts(await findings({}, ROOT_STACK))).toEqual([
      expect.stringContaining('"keys" (string) is not an option of this policy. Did you mean "key"?'),
    ]);
  });

  it("keeps the level of a policy that is given options alone", async () => {
    await analyzer.configureWith({ "status-enum": { allow: ["error"] } });
    expect(await levels(SOUND_FIXTURE)).toEqual({ "status-enum": "mandatory" });
  });

  const doubtful = { ...SOUND_FIXTURE, status: "Noncompliant", deviceDisplayName: "LAPTOP-1", userName: UNKNOWN };

  it.each([
    ["ci", { "status-enum": "mandatory", "synthetic-identities": "mandatory", undecided: "advisory" }],
    ["lenient", { "status-enum": "advisory", "synthetic-identities": "advisory", undecided: "advisory" }],
    [
      "strict",
      {
        "status-enum": "mandatory",
        "synthetic-identities": "mandatory",
        "tenant-guard": "mandatory",
        undecided: "advisory",
      },
    ],
  ])("follows the profile %s, which never makes undecided rules mandatory", async (name, expected) => {
    await analyzer.configureWith(profile(name));
    expect(await levels(doubtful)).toEqual(expected);
  });

  it("refuses to be configured for an entry without a level under a name that no policy has, as the engine does", async () => {
    await expect(analyzer.configureWith({ "tenant-gaurd": { requireTenant: true } })).rejects.toThrow(
      'invalid enforcement level ""',
    );
  });
});

describe("a policy pack of one's own that calls createPolicyPack", () => {
  const root = join(__dirname, "../../.local");
  let folder: string;

  beforeAll(() => {
    mkdirSync(root, { recursive: true });
    folder = mkdtempSync(join(root, "own-pack-"));
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "own", version: "1.2.3", main: "index.js" }));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const start = (config: unknown) => {
    const call = `require("pulumi-intune-policies/policies").createPolicyPack(${JSON.stringify(config)});`;
    writeFileSync(join(folder, "index.js"), call);
    return startAnalyzer(folder);
  };

  it("has its configuration as default, and keeps every level that it does not set", async () => {
    const analyzer = await start({ "status-enum": { allow: ["error"] }, naming: "mandatory" });
    try {
      const { version, policies } = await analyzer.info();
      expect(version).toBe("1.2.3");
      const found = Object.fromEntries(policies.map(({ name, level }) => [name, level]));
      expect(found).toMatchObject({ "status-enum": "mandatory", "tenant-guard": "mandatory", naming: "mandatory" });
      const judged = async () =>
        texts((await analyzer.analyze({ type: FIXTURE, name: "fixture", props: SOUND_FIXTURE })).diagnostics);
      const leftOut = [
        expect.stringContaining('status is "nonCompliant" (string), which the option allow leaves out.'),
      ];
      // Without Configure, as the SDK alone sees it; then with the engine's defaults; then with a file that goes before.
      expect(await judged()).toEqual(leftOut);
      await analyzer.configureWith({});
      expect(await judged()).toEqual(leftOut);
      await analyzer.configureWith({ "status-enum": { allow: ["nonCompliant"] } });
      expect(await judged()).toEqual([]);
    } finally {
      await analyzer.stop();
    }
  });

  it("does not start with a fault in its configuration, and says which", async () => {
    await expect(start({ "status-enums": "mandatory", naming: { patern: "x" } })).rejects.toThrow(
      /"status-enums" \(string\) is no policy of this pack\. Did you mean "status-enum"\? naming: "patern" \(string\) is not an option/,
    );
  });
});
