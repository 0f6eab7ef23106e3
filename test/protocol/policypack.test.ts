import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { COMPLIANCE_STATUSES } from "pulumi-intune/model";
import { secret, startAnalyzer, UNKNOWN, type Analyzer, type Properties } from "pulumi-intune-policies/testing";
import { FIXTURE, PACK, ROOT_STACK, SOUND_FIXTURE, texts } from "../support/policyFixtures";

const ALL = COMPLIANCE_STATUSES.join(", ");
const COMPLIANT = SOUND_FIXTURE;

/** The policies by what they judge, in the pack's order. */
const FIXTURE_POLICIES = [
  "status-enum",
  "required-fields",
  "field-types",
  "datetime-format",
  "datetime-order",
  "upn-shape",
  "synthetic-identities",
  "no-secrets",
  "tenant-guard",
  "graph-endpoint",
  "unique-fixture",
  "fixture-budget",
  "naming",
  "undecided",
];
const OTHERS = ["exemption-hygiene", "pack-config", "status-coverage"];

describe("the policy pack in the engine's process", () => {
  let analyzer: Analyzer;

  beforeAll(async () => {
    analyzer = await startAnalyzer(PACK);
    console.info(`the policy pack was ready after ${Math.round(analyzer.bootMs)} ms`);
  });
  beforeEach(() => analyzer.configureWith({}));
  afterAll(() => analyzer.stop());

  const findings = async (props: Properties, type = FIXTURE) =>
    (await analyzer.analyze({ type, name: "fixture", props })).diagnostics;

  it("lists its policies with level, severity and options", async () => {
    const { name, version, policies } = await analyzer.info();
    expect({ name, version }).toEqual({ name: "intune-compliance-fixtures", version: "0.1.0" });
    expect(policies.map(({ name }) => name).sort()).toEqual([...FIXTURE_POLICIES, ...OTHERS].sort());
    expect(policies.find(({ name }) => name === "no-secrets")).toMatchObject({
      level: "mandatory",
      severity: "critical",
    });
    expect(policies.find(({ name }) => name === "status-enum")?.schemaProperties["allow"]).toMatchObject({
      default: COMPLIANCE_STATUSES,
      minItems: 1,
    });
  });

  it("passes a compliant fixture without a word", async () => {
    expect(await analyzer.analyze({ type: FIXTURE, name: "fixture", props: COMPLIANT })).toEqual({
      diagnostics: [],
      notApplicable: OTHERS,
    });
  });

  it("reports every fault of a resource, each with its policy, level and severity", async () => {
    const bad = { ...COMPLIANT, status: "noncompliant", platform: null, lastReportedDateTime: "2026-02-30T00:00:00Z" };
    expect(await findings(bad)).toEqual([
      {
        policy: "status-enum",
        level: "mandatory",
        severity: "high",
        message:
          "The status of a device compliance status must be a complianceStatus value of Microsoft Graph.\n" +
          'status is "noncompliant" (string), which is not a complianceStatus value. Did you mean "nonCompliant"? ' +
          `Fix: use one of ${ALL} [DCS001] docs/rules/status-enum.md`,
      },
      {
        policy: "required-fields",
        level: "mandatory",
        severity: "high",
        message:
          "The required properties of a device compliance status must be given and must not be blank.\n" +
          "platform is null, but it is required. " +
          "Fix: give platform a value of type Edm.Int32 [DCS002] docs/rules/required-fields.md",
      },
      {
        policy: "datetime-format",
        level: "mandatory",
        severity: "high",
        message:
          "The date-times of a device compliance status must be Edm.DateTimeOffset texts that name a real instant.\n" +
          'lastReportedDateTime is "2026-02-30T00:00:00Z" (string): it names day 30 of 2026-02, which does not exist. ' +
          "Fix: give an existing date and time with seconds and offset, such as 2026-01-31T09:30:00Z " +
          "[DCS003] docs/rules/datetime-format.md",
      },
    ]);
  });

  it.each([
    ["random:index/randomPet:RandomPet", 17],
    ["pulumi-nodejs:dynamic:Resource", 17],
    // The two that judge the configuration do so on the root stack.
    [ROOT_STACK, 15],
  ])("has nothing to do with %s", async (type, number) => {
    const { diagnostics, notApplicable } = await analyzer.analyze({ type, name: "other", props: { status: "bogus" } });
    expect(diagnostics).toEqual([]);
    expect(notApplicable).toHaveLength(number);
  });

  it("holds an unknown status against nobody, says once what is undecided, and finds the impossible date", async () => {
    const props = { ...COMPLIANT, status: UNKNOWN, lastReportedDateTime: "2026-02-30T00:00:00Z" };
    const diagnostics = await findings(props);
    expect(diagnostics.map(({ policy, level }) => [policy, level])).toEqual([
      ["datetime-format", "mandatory"],
      ["undecided", "advisory"],
    ]);
    expect(texts(diagnostics)[1]).toBe(
      "Undecided until pulumi up: status (fixture-budget, no-secrets, status-enum). [DCS017] docs/rules/undecided.md",
    );
  });

  it("treats an unknown secret like any unknown, and judges a known one without showing it", async () => {
    const unknown = await findings({ ...COMPLIANT, status: secret(UNKNOWN) });
    expect(unknown.map(({ policy }) => policy)).toEqual(["undecided"]);
    const [finding] = await findings({ ...COMPLIANT, status: secret("hunter2-hunter2") });
    expect(finding?.message).toContain("status is a string of 15 characters, which is not a complianceStatus value.");
  });

  it.each(Object.keys({ ...COMPLIANT, deviceModel: "", notes: "" }))(
    "shows no secret in %s, whatever it looks like",
    async (property) => {
      for (const text of ["canary", "Password=canary", "canary@canary.example", "canary word"]) {
        // A status of a single word is shown, for it is most likely a slip of one.
        if (property === "status" && /^[a-z ]+$/.test(text)) continue;
        for (const value of [secret(text), secret([text]), { inner: secret(text) }]) {
          expect(JSON.stringify(await findings({ ...COMPLIANT, [property]: value }))).not.toContain("canary");
        }
      }
    },
  );

  it("follows its configuration", async () => {
    expect(await findings({ ...COMPLIANT, status: "error" })).toEqual([]);
    await analyzer.configureWith({
      "status-enum": { enforcementLevel: "advisory", allow: ["compliant"] },
      "required-fields": { fields: ["deviceModel"] },
      "datetime-format": "disabled",
    });
    const props = { ...COMPLIANT, status: "error", platform: null, lastReportedDateTime: "never" };
    expect(
      (await findings(props)).map(({ policy, level, message }) => [policy, level, message.split("\n")[1]]),
    ).toEqual([
      [
        "status-enum",
        "advisory",
        'status is "error" (string), which the option allow leaves out. Fix: use one of compliant [DCS001] docs/rules/status-enum.md',
      ],
      [
        "required-fields",
        "mandatory",
        "deviceModel is missing, but it is required. Fix: give deviceModel a value of type Edm.String [DCS002] docs/rules/required-fields.md",
      ],
    ]);
  });

  it("reports a misspelt option on the stack", async () => {
    await analyzer.configureWith({ "status-enum": { alow: ["compliant"] } });
    const [finding, ...others] = await findings({}, ROOT_STACK);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ policy: "status-enum", level: "mandatory" });
    expect(finding?.message).toContain('"alow" (string) is not an option of this policy. Did you mean "allow"?');
  });

  it("has written nothing but its port", () => {
    expect(analyzer.output()).toBe("");
  });
});

describe("the policy pack in an update", () => {
  let analyzer: Analyzer;

  beforeAll(async () => {
    analyzer = await startAnalyzer(PACK, {
      dryRun: false,
      config: {
        "intune:tenantId": "canary.onmicrosoft.com",
        "intune:graphEndpoint": "http://canary.example",
        "intune:clientSecret": "canary-secret",
      },
    });
  });
  afterAll(() => analyzer.stop());

  it("reads the stack's configuration, and shows nothing of it", async () => {
    await analyzer.configureWith({ "tenant-guard": { allowedTenants: ["test.onmicrosoft.com"] } });
    const { diagnostics } = await analyzer.analyze({ type: FIXTURE, name: "fixture", props: COMPLIANT });
    expect(diagnostics.map(({ policy, level }) => [policy, level])).toEqual([
      ["tenant-guard", "mandatory"],
      ["graph-endpoint", "mandatory"],
    ]);
    expect(JSON.stringify(diagnostics)).not.toContain("canary");
  });

  it("holds each fixture against those before it, any number of times", async () => {
    await analyzer.configureWith({ "graph-endpoint": "disabled", "fixture-budget": { maxPerStack: 2 } });
    const judged = async (name: string, change: Properties = {}) =>
      (
        await analyzer.analyze({
          type: FIXTURE,
          name,
          props: { ...COMPLIANT, deviceDisplayName: "FIXTURE-X", ...change },
        })
      ).diagnostics.map(({ policy }) => policy);
    await analyzer.analyze({ type: FIXTURE, name: "fixture", props: COMPLIANT });
    expect(await judged("one")).toEqual([]);
    expect(await judged("one")).toEqual([]);
    expect(await judged("two")).toEqual(["unique-fixture", "fixture-budget"]);
    expect(await judged("three", { deviceDisplayName: "FIXTURE-Y" })).toEqual(["fixture-budget"]);
  });
});

it("the pack starts from built JavaScript, without Graph's client libraries", async () => {
  const folder = mkdtempSync(join(tmpdir(), "policypack-"));
  const probe = join(folder, "probe.cjs");
  writeFileSync(
    probe,
    `const { Module } = require("node:module");
     const load = Module.prototype.load;
     Module.prototype.load = function (file) {
       if (/policypack.*\\.[jt]s$|\\.ts$|node_modules.(zod|undici|@azure)/.test(file)) process.stderr.write(file + "\\n");
       return load.call(this, file);
     };`,
  );
  const analyzer = await startAnalyzer(PACK, { env: { NODE_OPTIONS: `--require "${probe}"` } });
  try {
    const files = analyzer.output().trim().split("\n");
    expect(files).toContain(join(PACK, "dist/index.js"));
    expect(files.filter((file) => !file.startsWith(join(PACK, "dist")))).toEqual([]);
    expect(files.filter((file) => /dist.(report|check|testing|bin)\b/.test(file))).toEqual([]);
  } finally {
    await analyzer.stop();
    rmSync(folder, { recursive: true });
  }
});
