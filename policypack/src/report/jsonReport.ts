import { countOutcomes, readUrn, type Finding, type Report } from "./report";
import { exitCodeOf, fails, type FailOn } from "./verdict";

/** Raised whenever a reader of the JSON would have to change. */
const FORMAT_VERSION = 1;

/** For programs: everything the report knows. */
export function jsonReport(report: Report, failOn: readonly FailOn[]): string {
  const { stack, packs, findings, notes, problems } = report;
  const document = {
    formatVersion: FORMAT_VERSION,
    stack,
    complete: problems.length === 0,
    exitCode: exitCodeOf(report, failOn),
    failOn,
    counts: countOutcomes(findings),
    packs,
    findings: findings.map((finding) => findingObject(finding, failOn)),
    notes,
    problems,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

const findingObject = (finding: Finding, failOn: readonly FailOn[]) => ({
  ...readUrn(finding.urn),
  ...finding,
  fails: fails(finding, failOn),
});
