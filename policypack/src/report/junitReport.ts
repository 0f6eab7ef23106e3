import { oneLine } from "./messageText";
import { PROVIDER_CHECK, readUrn, type Finding, type Pack, type Report, type Rule } from "./report";
import { fails, type FailOn } from "./verdict";
import { xmlElement } from "./xmlElement";

/**
 * JUnit XML, as Jenkins, GitLab, GitHub actions and Azure Pipelines read it: a suite per pack, a test case per finding
 * and per rule without findings. A finding that fails the gate is a failure; an advisory one passes with its text as
 * output; an exempted or undecided one is skipped; what makes the report incomplete is an error.
 */
export function junitReport(report: Report, failOn: readonly FailOn[]): string {
  const refused = report.findings.filter(({ pack }) => pack === PROVIDER_CHECK);
  const suites = [
    ...report.packs.map((pack) => packSuite(pack, report, failOn)),
    ...(refused.length === 0
      ? []
      : [
          suite(
            PROVIDER_CHECK,
            "",
            refused.map((finding) => findingCase(finding, failOn)),
          ),
        ]),
    ...(report.problems.length === 0 ? [] : [suite("run", "", report.problems.map(problemCase))]),
  ];
  const timestamp = new Date(report.startedAtSeconds * 1000).toISOString().slice(0, 19);
  const elements = suites.map(({ name, version, cases }, id) =>
    xmlElement(
      "testsuite",
      { name, package: name, id, timestamp, hostname: "localhost", ...countsOf(cases), time: 0 },
      [
        xmlElement("properties", {}, [
          xmlElement("property", { name: "stack", value: report.stack }),
          xmlElement("property", { name: "version", value: version }),
        ]),
        ...cases.map(({ name: caseName, classname, result }) =>
          xmlElement(
            "testcase",
            { name: caseName, classname, time: 0 },
            result === undefined ? [] : [resultElement(result)],
          ),
        ),
        xmlElement("system-out", {}, report.notes.join("\n")),
        xmlElement("system-err", {}, report.problems.join("\n")),
      ],
    ),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xmlElement("testsuites", {}, elements)}\n`;
}

interface Result {
  readonly element: "failure" | "error" | "skipped" | "system-out";
  readonly type: string;
  /** One line, shown in lists. */
  readonly text: string;
  /** What else there is to say. */
  readonly more: string;
}

interface TestCase {
  readonly name: string;
  readonly classname: string;
  readonly result?: Result;
}

const suite = (name: string, version: string, cases: readonly TestCase[]) => ({ name, version, cases });

function packSuite({ name, version, rules }: Pack, { findings }: Report, failOn: readonly FailOn[]) {
  const own = findings.filter(({ pack }) => pack === name);
  const quiet = rules.filter((rule) => own.every((finding) => finding.rule !== rule.name));
  return suite(name, version, [...own.map((finding) => findingCase(finding, failOn)), ...quiet.map(ruleCase)]);
}

const ruleCase = ({ name, passed }: Rule): TestCase => ({
  name: passed === 0 ? "nothing to judge" : `passed ${passed}`,
  classname: name,
});

function findingCase(finding: Finding, failOn: readonly FailOn[]): TestCase {
  const { outcome, rule, urn, description, message } = finding;
  const name = urn === "" ? "stack" : readUrn(urn).name;
  const text = `${outcome}: ${oneLine(message)}`;
  const more = [description, urn].filter((line) => line !== "").join("\n");
  return { name, classname: rule, result: { element: elementOf(finding, failOn), type: rule, text, more } };
}

function elementOf(finding: Finding, failOn: readonly FailOn[]): Result["element"] {
  if (fails(finding, failOn)) return "failure";
  return finding.outcome === "exempted" || finding.outcome === "undecided" ? "skipped" : "system-out";
}

const problemCase = (problem: string): TestCase => ({
  name: "is complete",
  classname: "run",
  result: { element: "error", type: "incomplete", text: problem, more: "" },
});

// The JUnit schemas allow attributes on failures and errors alone.
const resultElement = ({ element, type, text, more }: Result): string =>
  element === "failure" || element === "error"
    ? xmlElement(element, { message: text, type }, more)
    : xmlElement(element, {}, more === "" ? text : `${text}\n${more}`);

function countsOf(cases: readonly TestCase[]) {
  const count = (element: Result["element"]) => cases.filter(({ result }) => result?.element === element).length;
  const skipped = count("skipped");
  // Ant's schema knows no such attribute: given only where there is something to say, a report without is valid there too.
  const optional = skipped === 0 ? {} : { skipped };
  return { tests: cases.length, failures: count("failure"), errors: count("error"), ...optional };
}
