import { oneLine } from "./messageText";
import { countsLine } from "./prettyReport";
import { OUTCOMES, readUrn, type Finding, type Report } from "./report";
import { exitCodeOf, EXIT_OK, type FailOn } from "./verdict";

/** For a job summary or a pull request: one line of verdict, a table per outcome. */
export function markdownReport(report: Report, failOn: readonly FailOn[]): string {
  const { stack, packs, findings, notes, problems } = report;
  const names = packs.map(({ name, version }) => code(`${name}@${version}`)).join(", ");
  const verdict = exitCodeOf(report, failOn) === EXIT_OK ? "✅" : "❌";
  const lines = [
    `## ${verdict} Policy report${stack === "" ? "" : ` for ${code(stack)}`}`,
    "",
    `${names || "No policy pack"}: ${countsLine(report)}.`,
  ];
  for (const outcome of OUTCOMES) {
    const rows = findings.filter((finding) => finding.outcome === outcome);
    if (rows.length > 0)
      lines.push("", `### ${outcome} (${rows.length})`, "", "| rule | resource | finding |", "| --- | --- | --- |");
    lines.push(...rows.map(row));
  }
  const closing = [
    ...notes.map((note) => `- ${text(note)}`),
    ...problems.map((one) => `- **Not complete:** ${text(one)}`),
  ];
  if (closing.length > 0) lines.push("", ...closing);
  return `${lines.join("\n")}\n`;
}

function row({ rule, severity, urn, message, source }: Finding): string {
  const { name, type } = readUrn(urn);
  const where = source === undefined ? "" : `<br>${text(`${source.file}:${source.line}`)}`;
  const resource = urn === "" ? "stack" : `${text(name)}<br>${text(type)}`;
  return `| ${text(rule)}${severity === undefined ? "" : ` (${severity})`} | ${resource}${where} | ${text(message)} |`;
}

/** Text in which nothing is a table border, a tag, a link, a mention or emphasis. */
const text = (value: string): string =>
  oneLine(value)
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/[\\`*_[\]|~#!]/g, "\\$&")
    .replace(/@/g, "&#64;");

/** A code span whose content cannot end it or the table cell. */
const code = (value: string): string => `\`${oneLine(value).replace(/`/g, "'").replace(/\|/g, "\\|")}\``;
