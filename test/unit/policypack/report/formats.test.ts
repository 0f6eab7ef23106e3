import "@microsoft/jest-sarif";
import { FORMATS, formatReport, type Format } from "../../../../policypack/src/report/formats";
import type { Report } from "../../../../policypack/src/report/report";
import { reportEvents } from "../../../../policypack/src/report/reportEvents";
import type { FailOn } from "../../../../policypack/src/report/verdict";
import { junitFaults } from "../../../support/junitSchema";
import { analyzed, engineError, finding, PACK, prelude, summary, urnOf } from "./events";

const HOSTILE = '<b>&"]]>\u0000\u001b[31m\ud800 | `x` @team [l](http://e) \\ 😀';

const full: Report = reportEvents([
  prelude,
  analyzed(["quiet"], ["loud"]),
  finding("a", "loud", "mandatory", `Be quiet.\n${HOSTILE}`, "critical"),
  finding(HOSTILE, "loud", "advisory", "Be quiet.\nNot so loud."),
  finding("a", "other", "advisory", "Other.\nExempted until 2027-01-31 by us: because."),
  finding("b", "other", "advisory", "Other.\nUndecided until pulumi up: x (loud)."),
  { policyRemediationEvent: { ...PACK, resourceUrn: urnOf("a"), policyName: "fixer", before: {}, after: { x: 1 } } },
  engineError(`t resource 'a': property x value {1} has a problem: ${HOSTILE}`, urnOf("a")),
  engineError("canary"),
  summary("failed"),
]);
const clean: Report = reportEvents([prelude, analyzed(["quiet"]), summary()]);
const failing: Report = { ...full, findings: full.findings.filter(({ outcome }) => outcome === "mandatory") };
const empty: Report = reportEvents([prelude]);

const format = (name: Format, report: Report, failOn: readonly FailOn[] = ["mandatory"]) =>
  formatReport(name, report, { failOn, sourceFile: "Pulumi.yaml" });

interface SarifRun {
  tool: { driver: { name: string; rules: { id: string }[] } };
  invocations: { executionSuccessful: boolean }[];
  results: {
    ruleId: string;
    ruleIndex: number;
    kind: string;
    level: string;
    suppressions?: object[];
    locations: object[];
  }[];
}
const sarifRuns = (report: Report) => (JSON.parse(format("sarif", report)) as { runs: SarifRun[] }).runs;

describe.each([
  ["findings of every outcome", full],
  ["a clean run", clean],
  ["only failures", failing],
  ["no pack and no end", empty],
])("a report of %s", (_title, report) => {
  it("is valid SARIF 2.1.0", () => {
    expect(JSON.parse(format("sarif", report))).toBeValidSarifLog();
    expect({ version: "2.1.0" }).not.toBeValidSarifLog();
  });

  it("is valid JUnit XML by the schema of Jenkins", async () => {
    expect(await junitFaults("jenkins", format("junit", report))).toEqual([]);
    expect(await junitFaults("jenkins", format("junit", report).replaceAll("testsuite ", "testsweet "))).not.toEqual(
      [],
    );
  });

  it("is the same each time, ends with a line break, and shows nothing of the events but the findings", () => {
    for (const name of FORMATS) {
      const text = format(name, report);
      expect(format(name, report)).toBe(text);
      expect(text.endsWith("\n")).toBe(true);
      expect(text).not.toContain("canary");
    }
  });
});

describe("JUnit XML", () => {
  it.each([
    ["failures", failing],
    ["a clean run", clean],
  ])("of %s is valid by the schema of Ant too, which knows no skipped tests", async (_title, report) => {
    expect(await junitFaults("ant", format("junit", report))).toEqual([]);
  });

  it("fails what fails the gate, passes advice with its text, skips what is exempted or undecided", () => {
    const xml = format("junit", full);
    expect(xml).toContain('tests="6" failures="1" errors="0" skipped="2"');
    expect(xml).toMatch(
      /<testcase name="a" classname="loud" time="0">\s*<failure message="mandatory: &lt;b&gt;&amp;&quot;/,
    );
    expect(xml).toMatch(/<system-out>advisory: Not so loud\./);
    expect(xml).toMatch(/<skipped>exempted: Exempted until 2027-01-31/);
    expect(xml).toMatch(/<skipped>undecided: Undecided until pulumi up/);
    expect(xml).toContain('<testcase name="passed 1" classname="quiet" time="0"/>');
    expect(xml).toContain('<error message="The engine reported an error: see the run\'s own output."');
    expect(format("junit", full, ["advisory", "undecided"])).toContain('tests="6" failures="3" errors="0" skipped="1"');
  });
});

describe("SARIF", () => {
  it("has a run per pack and one for the provider, whose results point at their rules", () => {
    const runs = sarifRuns(full);
    expect(runs.map(({ tool }) => tool.driver.name)).toEqual(["some-pack", "provider check"]);
    for (const { tool, results } of runs)
      for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
  });

  it("tells mandatory, advisory, exempted, undecided and remediated apart", () => {
    const results = sarifRuns(full)[0]?.results ?? [];
    const told = results.map(({ kind, level, suppressions }) => [kind, level, suppressions !== undefined].join(" "));
    expect([...new Set(told)].sort()).toEqual([
      "fail error false",
      "fail note true",
      "fail warning false",
      "informational none false",
      "open none false",
    ]);
  });

  it("calls a run that proves nothing unsuccessful", () => {
    expect(sarifRuns(clean)[0]?.invocations[0]?.executionSuccessful).toBe(true);
    expect(sarifRuns(empty)[0]?.invocations[0]?.executionSuccessful).toBe(false);
  });

  it("points at the program's line where it is known", () => {
    const [found] = failing.findings;
    if (found === undefined) throw new Error("there is a finding");
    const source = { file: "src/my rows.ts", line: 3, column: 5 };
    const [run] = sarifRuns({ ...failing, findings: [{ ...found, source }] });
    expect(run?.results[0]?.locations).toMatchObject([
      {
        physicalLocation: {
          artifactLocation: { uri: "src/my%20rows.ts" },
          region: { startLine: 3, startColumn: 5 },
        },
      },
    ]);
  });
});

describe("Markdown", () => {
  it("lets no text of a finding break its table, call anyone, or hold a tag", () => {
    const rows = format("markdown", full)
      .split("\n")
      .filter((line) => line.startsWith("| ") && !line.startsWith("| rule") && !line.startsWith("| ---"));
    expect(rows).toHaveLength(6);
    for (const row of rows) {
      expect(row.match(/(?<!\\)\|/g)).toHaveLength(4);
      expect(row.replaceAll("<br>", "")).not.toMatch(/<|@|(?<!\\)[`[]/);
    }
  });

  it("begins with the verdict", () => {
    expect(format("markdown", clean)).toMatch(/^## ✅ Policy report\n/);
    expect(format("markdown", full)).toMatch(/^## ❌ /);
    expect(format("markdown", empty)).toMatch(/^## ❌ /);
  });
});

describe("the other two", () => {
  it("pretty says which packs ran, what was found where, what is missing, and counts", () => {
    const text = format("pretty", { ...full, findings: full.findings.filter(({ urn }) => urn === urnOf("b")) });
    expect(text).toBe(
      [
        "some-pack@1.2.3 on rows/test",
        "",
        "b  (pulumi-nodejs:dynamic/intune:DeviceComplianceDeviceStatus)",
        "  undecided   other  [high]",
        "      Other.",
        "      Undecided until pulumi up: x (loud).",
        "",
        "note: The provider refused inputs. The engine then skips the rules that look at the whole stack.",
        "not complete: The engine reported an error: see the run's own output.",
        "",
        "1 undecided",
        "",
      ].join("\n"),
    );
  });

  it("JSON has the verdict, the counts and every finding", () => {
    const document = JSON.parse(format("json", full)) as Record<string, unknown>;
    expect(document).toMatchObject({
      formatVersion: 1,
      stack: "rows/test",
      complete: false,
      exitCode: 1,
      failOn: ["mandatory"],
      counts: { mandatory: 1, refused: 1, advisory: 1, undecided: 1, exempted: 1, remediated: 1 },
    });
    expect(document["findings"]).toHaveLength(6);
  });
});
