import { jsonReport } from "./jsonReport";
import { junitReport } from "./junitReport";
import { markdownReport } from "./markdownReport";
import { prettyReport } from "./prettyReport";
import type { Report } from "./report";
import { sarifReport } from "./sarifReport";
import type { FailOn } from "./verdict";

export interface FormatOptions {
  readonly failOn: readonly FailOn[];
  /** What SARIF results point at where the run does not know the program's line. */
  readonly sourceFile: string;
}

/** What `--format` may name. */
export const FORMATS = ["pretty", "json", "junit", "sarif", "markdown"] as const;
export type Format = (typeof FORMATS)[number];

const WRITERS: Readonly<Record<Format, (report: Report, options: FormatOptions) => string>> = {
  pretty: prettyReport,
  json: (report, { failOn }) => jsonReport(report, failOn),
  junit: (report, { failOn }) => junitReport(report, failOn),
  sarif: (report, { sourceFile }) => sarifReport(report, sourceFile),
  markdown: (report, { failOn }) => markdownReport(report, failOn),
};

/** The report's text, with a line break at its end. */
export const formatReport = (format: Format, report: Report, options: FormatOptions): string =>
  WRITERS[format](report, options);
