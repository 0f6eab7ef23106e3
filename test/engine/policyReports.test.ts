import "@microsoft/jest-sarif";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { type Deployment, deployRows, POLICY_PACK, setRows } from "../support/deployment";
import { DOCUMENTED_EXAMPLE } from "../support/example";
import { intunePolicy } from "../support/intunePolicy";
import { junitFaults } from "../support/junitSchema";
import { describeEngine } from "../support/pulumiProject";
import { closeTenants } from "../support/tenant";

const STREAMING = { PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true" };
const CANARY = "canary-7d1e";
const CONFIG = {
  "status-enum": { allow: ["notApplicable"] },
  "exemption-hygiene": {
    exemptions: [
      { policy: "status-enum", match: "archive-*", reason: "replays an export", owner: "fixtures", expires: "" },
    ],
  },
};

interface JsonReport {
  stack: string;
  complete: boolean;
  exitCode: number;
  packs: { name: string; rules: { name: string; passed: number }[] }[];
  findings: { name: string; rule: string; outcome: string }[];
}

describeEngine("reports of the real engine's events", () => {
  let deployment: Deployment;
  afterAll(closeTenants);
  beforeAll(async () => {
    deployment = await deployRows();
    // Exemptions may not reach far: a month from now is always within.
    const expires = new Date(Date.now() + 30 * 24 * 3_600_000).toISOString().slice(0, 10);
    for (const exemption of CONFIG["exemption-hygiene"].exemptions) exemption.expires = expires;
    writeFileSync(path.join(deployment.project.dir, "pack.json"), JSON.stringify(CONFIG));
  });

  /** A preview of these rows, as its stream of events. */
  const previewEvents = async (rows: Record<string, object>) => {
    const { deviceCompliancePolicyId } = deployment.tenant;
    const full = Object.entries(rows).map(([name, row]) => [
      name,
      { deviceCompliancePolicyId, ...DOCUMENTED_EXAMPLE, deviceModel: undefined, ...row },
    ]);
    await setRows(deployment, Object.fromEntries(full) as Record<string, Record<string, unknown>>);
    const args = ["preview", "--json", "--policy-pack", POLICY_PACK, "--policy-pack-config", "pack.json"];
    return deployment.project.run(args, { env: STREAMING });
  };
  const report = (stdin: string, ...args: string[]) => intunePolicy(["report", ...args], { stdin });
  const jsonReport = async (stdin: string) =>
    JSON.parse((await report(stdin, "--format", "json")).stdout) as JsonReport;

  test("a violated, an exempted and an undecided rule, in all five formats", async () => {
    const { stdout: events, exitCode } = await previewEvents({
      known: {},
      later: { modelFrom: "known" },
      bad: { status: "error" },
      "archive-1": { status: "error" },
    });
    expect(exitCode).not.toBe(0);

    const found = await jsonReport(events);
    expect(found).toMatchObject({ stack: "rows/test", complete: true, exitCode: 1 });
    const told = found.findings.map(({ name, rule, outcome }) => `${name} ${rule} ${outcome}`);
    expect(told).toEqual(
      expect.arrayContaining([
        "archive-1 status-enum exempted",
        "bad status-enum mandatory",
        "later undecided undecided",
      ]),
    );
    expect(told.filter((line) => line.endsWith("mandatory"))).toEqual(["bad status-enum mandatory"]);
    const statusEnum = found.packs[0]?.rules.find(({ name }) => name === "status-enum");
    expect(statusEnum).toEqual({ name: "status-enum", passed: 2 });

    const texts = new Map<string, string>();
    for (const format of ["pretty", "json", "junit", "sarif", "markdown"]) {
      const result = await report(events, "--format", format);
      expect({ format, exitCode: result.exitCode, stderr: result.stderr }).toEqual({ format, exitCode: 1, stderr: "" });
      texts.set(format, result.stdout);
    }
    expect(JSON.parse(texts.get("sarif") ?? "")).toBeValidSarifLog();
    expect(await junitFaults("jenkins", texts.get("junit") ?? "")).toEqual([]);
    for (const format of ["pretty", "junit", "sarif", "markdown"])
      expect(texts.get(format)).toContain("Exempted until");
    // Addresses of machines and identities of people are no business of a report.
    for (const text of texts.values()) expect(text).not.toMatch(/[\\/]policypack|User Principal Name value/);
  });

  test("what the provider refuses, without the values that the engine prints", async () => {
    const { stdout: events } = await previewEvents({ bad: { userPrincipalName: [CANARY], userName: { it: CANARY } } });
    expect(events).toContain(CANARY);
    const all = await Promise.all(
      ["pretty", "json", "junit", "sarif", "markdown"].map((format) => report(events, "--format", format)),
    );
    for (const { exitCode, stdout, stderr } of all) {
      expect(exitCode).toBe(1);
      expect(stdout + stderr).not.toContain(CANARY);
    }
    const refused = (await jsonReport(events)).findings.filter(({ outcome }) => outcome === "refused");
    expect(refused.map(({ rule }) => rule)).toEqual(["userName", "userPrincipalName"]);
  });

  test("a clean run is green; a part of it never is", async () => {
    const { stdout: events, exitCode } = await previewEvents({ known: {} });
    expect(exitCode).toBe(0);
    expect((await report(events)).exitCode).toBe(0);
    const { findings } = await jsonReport(events);
    expect(findings.filter(({ outcome }) => outcome !== "advisory")).toEqual([]);

    const lines = events.trimEnd().split("\n");
    const end = lines.findIndex((line) => line.includes('"summaryEvent"'));
    const early = await report(lines.slice(0, end).join("\n"));
    expect(early.exitCode).toBe(2);
    expect(early.stderr).toContain("The stream ends before the run does");
    const withoutPack = lines.filter((line) => !/"policy\w*Event"/.test(line));
    const unseen = await report(withoutPack.join("\n").replace(/"PolicyPacks":\{[^}]*\}/, '"PolicyPacks":{}'));
    expect(unseen.exitCode).toBe(2);
    expect(unseen.stderr).toContain("No policy pack ran");
    expect((await report(events.slice(0, -40))).stderr).toContain("is no engine event");
  });
});
