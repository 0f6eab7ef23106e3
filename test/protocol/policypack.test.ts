import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { COMPLIANCE_STATUSES } from "pulumi-intune/model";
import { secret, startAnalyzer, UNKNOWN, type Analyzer, type Properties } from "../support/analyzer";

const PACK = join(__dirname, "../../policypack");
const FIXTURE = "pulumi-nodejs:dynamic/intune:DeviceComplianceDeviceStatus";
const ROOT_STACK = "pulumi:pulumi:Stack";
const ALL = COMPLIANCE_STATUSES.join(", ");

const COMPLIANT: Properties = {
  deviceCompliancePolicyId: "4f8f3a3e-5d0a-4c8e-9d6b-2f1c7f6f1a11",
  deviceDisplayName: "PC-0042",
  userName: "Ada Example",
  userPrincipalName: "ada@contoso.example",
  platform: 5,
  status: "nonCompliant",
  lastReportedDateTime: "2026-01-31T09:30:00Z",
  complianceGracePeriodExpirationDateTime: "2026-02-28T00:00:00Z",
};

/** What must hold of a configuration for the engine to send it: each policy with its level and its options' defaults. */
const DEFAULTS: Parameters<Analyzer["configure"]>[0] = {
  "status-enum": { level: "mandatory", options: { allow: [...COMPLIANCE_STATUSES] } },
  "required-fields": {
    level: "mandatory",
    options: {
      fields: [
        "deviceCompliancePolicyId",
        "platform",
        "complianceGracePeriodExpirationDateTime",
        "status",
        "lastReportedDateTime",
      ],
    },
  },
  "datetime-format": { level: "mandatory" },
};

describe("the policy pack in the engine's process", () => {
  let analyzer: Analyzer;

  beforeAll(async () => {
    analyzer = await startAnalyzer(PACK);
    console.info(`the policy pack was ready after ${Math.round(analyzer.bootMs)} ms`);
  });
  beforeEach(() => analyzer.configure(DEFAULTS));
  afterAll(() => analyzer.stop());

  const findings = async (props: Properties, type = FIXTURE) =>
    (await analyzer.analyze(type, "fixture", props)).diagnostics;

  it("lists its policies with level, severity and options", async () => {
    const { name, version, policies } = await analyzer.info();
    expect({ name, version }).toEqual({ name: "intune-compliance-fixtures", version: "0.1.0" });
    expect(policies.map(({ name, level, severity }) => [name, level, severity])).toEqual([
      ["status-enum", "mandatory", "high"],
      ["required-fields", "mandatory", "high"],
      ["datetime-format", "mandatory", "high"],
    ]);
    expect(policies.map(({ schemaProperties }) => Object.keys(schemaProperties))).toEqual([["allow"], ["fields"], []]);
    expect(policies[0]?.schemaProperties["allow"]).toMatchObject({ default: COMPLIANCE_STATUSES, minItems: 1 });
  });

  it("passes a compliant fixture without a word", async () => {
    expect(await analyzer.analyze(FIXTURE, "fixture", COMPLIANT)).toEqual({ diagnostics: [], notApplicable: [] });
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

  it.each(["random:index/randomPet:RandomPet", "pulumi-nodejs:dynamic:Resource", ROOT_STACK])(
    "has nothing to do with %s",
    async (type) => {
      expect(await analyzer.analyze(type, "other", { status: "bogus" })).toEqual({
        diagnostics: [],
        notApplicable: ["status-enum", "required-fields", "datetime-format"],
      });
    },
  );

  it("holds an unknown status against nobody, and still finds the impossible date", async () => {
    const props = { ...COMPLIANT, status: UNKNOWN, lastReportedDateTime: "2026-02-30T00:00:00Z" };
    expect((await findings(props)).map(({ policy, level }) => [policy, level])).toEqual([
      ["datetime-format", "mandatory"],
    ]);
  });

  it("treats an unknown secret like any unknown, and judges a known one without showing it", async () => {
    expect(await findings({ ...COMPLIANT, status: secret(UNKNOWN) })).toEqual([]);
    const [finding] = await findings({ ...COMPLIANT, status: secret("hunter2-hunter2") });
    expect(finding?.message).toContain("status is a string of 15 characters, which is not a complianceStatus value.");
  });

  it("follows its configuration", async () => {
    expect(await findings({ ...COMPLIANT, status: "error" })).toEqual([]);
    await analyzer.configure({
      "status-enum": { level: "advisory", options: { allow: ["compliant"] } },
      "required-fields": { level: "mandatory", options: { fields: ["deviceModel"] } },
      "datetime-format": { level: "disabled" },
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
    await analyzer.configure({ "status-enum": { level: "mandatory", options: { alow: ["compliant"] } } });
    const [finding, ...others] = await findings({}, ROOT_STACK);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ policy: "status-enum", level: "mandatory" });
    expect(finding?.message).toContain('"alow" (string) is not an option of this policy. Did you mean "allow"?');
  });

  it("has written nothing but its port", () => {
    expect(analyzer.output()).toBe("");
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
  } finally {
    await analyzer.stop();
    rmSync(folder, { recursive: true });
  }
});
