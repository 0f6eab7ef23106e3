import { oneLine } from "./messageText";
import { countOutcomes, OUTCOMES, readUrn, type Finding, type Report } from "./report";

/** For people: the packs, then the findings under their resources, then what a reader must know. */
export function prettyReport(report: Report): string {
  const { stack, packs, findings, notes, problems } = report;
  const names = packs.map(({ name, version }) => `${name}@${version}`).join(", ");
  const lines = [`${names || "no policy pack"}${stack === "" ? "" : ` on ${stack}`}`];
  for (const urn of new Set(findings.map((finding) => finding.urn))) {
    lines.push("", resourceTitle(urn));
    for (const finding of findings) if (finding.urn === urn) lines.push(...findingLines(finding));
  }
  const closing = [...notes.map((note) => `note: ${note}`), ...problems.map((problem) => `not complete: ${problem}`)];
  if (closing.length > 0) lines.push("", ...closing);
  lines.push("", countsLine(report));
  return `${lines.join("\n")}\n`;
}

/** The counts of all outcomes that occur, `no findings` if none does. */
export function countsLine({ findings }: Report): string {
  const counts = countOutcomes(findings);
  const parts = OUTCOMES.filter((outcome) => counts[outcome] > 0).map((outcome) => `${counts[outcome]} ${outcome}`);
  return parts.length === 0 ? "no findings" : parts.join(", ");
}

function resourceTitle(urn: string): string {
  const { name, type } = readUrn(urn);
  return urn === "" ? "stack" : `${name}  (${type})`;
}

function findingLines({ outcome, rule, severity, message, description, source }: Finding): readonly string[] {
  const where = source === undefined ? "" : `  ${source.file}:${source.line}:${source.column}`;
  const title = `  ${outcome.padEnd(10)}  ${rule}${severity === undefined ? "" : `  [${severity}]`}${where}`;
  return [title, ...(description === "" ? [] : [`      ${description}`]), `      ${oneLine(message)}`];
}
