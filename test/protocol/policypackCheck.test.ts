import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { intunePolicy } from "../support/intunePolicy";

const ROOT = path.resolve(__dirname, "../..");
const POLICY_ID = "4f8f3a3e-5d0a-4c8e-9d6b-2f1c7f6f1a11";
const OTHER_PACK = path.join(ROOT, "test/engine/fixtures/pack");

/** The program's own TypeScript loader compiles it anew where its cache is cold. */
jest.setTimeout(240_000);

const checkExample = (name: string, ...args: string[]) =>
  intunePolicy(["check", path.join(ROOT, "examples", name), ...args], { cwd: ROOT });

interface JsonReport {
  stack: string;
  complete: boolean;
  packs: { name: string; rules: { name: string; passed: number }[] }[];
  findings: {
    name: string;
    rule: string;
    outcome: string;
    message: string;
    source?: { file: string; line: number };
  }[];
  notes: string[];
  problems: string[];
}

it("the folder of node, the whole PATH of these tests, has no pulumi", () => {
  expect(existsSync(path.join(path.dirname(process.execPath), "pulumi"))).toBe(false);
});

it("finds nothing in examples/quickstart", async () => {
  const { exitCode, stdout, stderr } = await checkExample(
    "quickstart",
    "--config-value",
    `deviceCompliancePolicyId=${POLICY_ID}`,
    "--format",
    "json",
  );
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  const report = JSON.parse(stdout) as JsonReport;
  expect(report).toMatchObject({ stack: "intune-quickstart/dev", complete: true, problems: [], notes: [] });
  expect(report.findings.filter(({ outcome }) => outcome !== "advisory")).toEqual([]);
  const statusEnum = report.packs[0]?.rules.find(({ name }) => name === "status-enum");
  expect(statusEnum).toMatchObject({ passed: 1 });
});

it("finds what examples/violations breaks, as the provider and as the pack see it, and where", async () => {
  const output = path.join(mkdtempSync(path.join(tmpdir(), "report-")), "report.json");
  const args = ["--config-value", `deviceCompliancePolicyId=${POLICY_ID}`, "--format", "json", "--output", output];
  const { exitCode, stdout, stderr } = await checkExample("violations", ...args);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  expect(stderr).toContain(`the report is in ${output}`);
  const { findings } = JSON.parse(readFileSync(output, "utf8")) as JsonReport;
  const seen = findings.filter(({ name }) => name === "row-2").map(({ rule, outcome }) => `${rule} ${outcome}`);
  expect(seen).toEqual(
    expect.arrayContaining([
      "status refused",
      "platform refused",
      "lastReportedDateTime refused",
      "status-enum mandatory",
      "required-fields mandatory",
      "datetime-format mandatory",
    ]),
  );
  expect(findings.filter(({ name, outcome }) => name === "row-1" && outcome !== "advisory")).toEqual([]);
  expect(new Set(findings.map(({ source }) => source?.file))).toEqual(new Set(["examples/violations/index.ts"]));
  rmSync(path.dirname(output), { recursive: true });
});

describe("a JavaScript program of one's own", () => {
  let folder: string;

  /** Rows as the engine tests have them: `modelFrom` takes another row's id, which preview cannot know. */
  const check = async (rows: object, ...args: string[]) => {
    writeFileSync(path.join(folder, "Pulumi.dev.yaml"), JSON.stringify({ config: { "rows:rows": rows, ...secrets } }));
    const result = await intunePolicy(["check", folder, "--stack", "dev", "--format", "json", ...args]);
    return { ...result, report: JSON.parse(result.stdout) as JsonReport };
  };
  let secrets: object = {};
  const row = {
    deviceCompliancePolicyId: POLICY_ID,
    platform: 5,
    status: "compliant",
    lastReportedDateTime: "2026-01-31T09:30:00Z",
    complianceGracePeriodExpirationDateTime: "2026-02-28T00:00:00Z",
  };

  beforeEach(() => {
    secrets = {};
    folder = mkdtempSync(path.join(tmpdir(), "program-"));
    cpSync(path.join(ROOT, "test/engine/fixtures/rows"), folder, { recursive: true });
    symlinkSync(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"), "junction");
    writeFileSync(
      path.join(folder, "Pulumi.yaml"),
      "name: rows\nruntime: {name: nodejs, options: {typescript: false}}\n",
    );
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("has values that are really unknown, which neither the provider nor the pack holds against it", async () => {
    const { exitCode, report } = await check({ first: row, second: { ...row, modelFrom: "first" } });
    expect(exitCode).toBe(0);
    expect(report.findings.filter(({ outcome }) => ["mandatory", "refused"].includes(outcome))).toEqual([]);
    expect(report.packs[0]?.rules.find(({ name }) => name === "status-enum")?.passed).toBe(2);
  });

  it("has encrypted configuration as unknown values, and the report says so once", async () => {
    secrets = { "intune:clientSecret": { secure: "v1:canary" } };
    const { exitCode, report, stdout, stderr } = await check({ first: row });
    expect(exitCode).toBe(0);
    expect(report.notes).toEqual([
      "Encrypted configuration cannot be read here and counts as unknown: intune:clientSecret.",
    ]);
    expect(stdout + stderr).not.toContain("canary");
  });

  it("shows no identity and no secret, whatever is wrong with it", async () => {
    const canary = "canary-7d1e";
    const bad = { status: canary, deviceDisplayName: [canary], userPrincipalName: { name: canary }, platform: canary };
    const { exitCode, stdout, stderr, report } = await check({ first: { ...row, ...bad, userName: 7 } });
    expect(exitCode).toBe(1);
    const refused = report.findings.filter(({ outcome }) => outcome === "refused").map(({ rule }) => rule);
    expect(refused).toEqual(["deviceDisplayName", "platform", "status", "userName", "userPrincipalName"]);
    expect(report.findings.map(({ rule }) => rule)).toContain("status-enum");
    expect(stdout + stderr).not.toContain(canary);
  });

  it("proves nothing if it ends early, and has said why", async () => {
    const { exitCode, stdout, stderr } = await intunePolicy(["check", folder]);
    expect(exitCode).toBe(2);
    expect(stdout).toContain("not complete: The program ended with exit code 32: see what it printed.");
    expect(stderr).toContain("Missing required configuration variable 'rows:rows'");
  });

  it("is judged by any pack, configured by a file", async () => {
    const config = path.join(folder, "pack.json");
    writeFileSync(config, JSON.stringify({ all: "disabled" }));
    const { report } = await check({ first: row }, "--pack", OTHER_PACK);
    expect(report.packs).toEqual([{ name: "notes-pack", version: "0.0.1", rules: expect.any(Array) as unknown }]);
    const disabled = await check({ first: { ...row, status: "bogus" } }, "--config", config);
    expect(disabled.report.packs[0]?.rules).toEqual([]);
    expect(disabled.report.findings.map(({ outcome, rule }) => [outcome, rule])).toEqual([["refused", "status"]]);
  });

  it("may call no provider function, and is told what can run it", async () => {
    writeFileSync(
      path.join(folder, "index.js"),
      'module.exports = require("@pulumi/pulumi").runtime.invoke("random:index:get", {});',
    );
    const { exitCode, stderr } = await intunePolicy(["check", folder]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("intune-policy check cannot call provider functions, as it runs no provider plugins");
  });
});

it.each([
  [["check", "/nowhere/at/all"], "no Pulumi.yaml in /nowhere/at/all or above"],
  [["check", "a", "b"], "check takes one program folder, and was given 2"],
  [["check", ROOT, "--config", "/nowhere.json"], "/nowhere.json cannot be read"],
  [["check", ROOT, "--format", "html"], '--format takes pretty, json, junit, sarif, markdown, not "html"'],
  [["report", "/nowhere.ndjson"], "cannot read /nowhere.ndjson (ENOENT)"],
  [["report", "--fail-on", "all"], '--fail-on takes mandatory, advisory, undecided, not "all"'],
  [["report"], "standard input: the stream is empty"],
  [["repot"], '"repot" is no command'],
  [[], "no command was given"],
] as const)("%j ends with exit code 2 and one line", async (args, message) => {
  const { exitCode, stdout, stderr } = await intunePolicy(args);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toContain(message);
  expect(stderr.trim().split("\n")).toHaveLength(1);
});

it("has help, and the package's version", async () => {
  expect((await intunePolicy(["--help"])).stdout).toContain("intune-policy check [options] [program-folder]");
  expect((await intunePolicy(["--version"])).stdout).toBe("0.1.0\n");
});
