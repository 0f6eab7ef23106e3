import { writeFileSync } from "node:fs";
import type { ParseArgsConfig } from "node:util";
import { FORMATS, formatReport, type Format } from "./formats";
import { countsLine } from "./prettyReport";
import type { Report } from "./report";
import { UsageError } from "./usageError";
import { exitCodeOf, FAIL_ON, type FailOn } from "./verdict";

/** The flags of every command that writes a report. */
export const OUTPUT_FLAGS = {
  format: { type: "string", default: "pretty" },
  "fail-on": { type: "string", multiple: true, default: ["mandatory"] },
  output: { type: "string" },
  "source-file": { type: "string", default: "Pulumi.yaml" },
} as const satisfies ParseArgsConfig["options"];

export interface OutputOptions {
  readonly format: Format;
  readonly failOn: readonly FailOn[];
  /** The file to write; without it, standard output. */
  readonly output?: string | undefined;
  readonly sourceFile: string;
}

interface OutputFlags {
  readonly format: string;
  readonly "fail-on": readonly string[];
  readonly output?: string | undefined;
  readonly "source-file": string;
}

/** @throws {UsageError} if a value is none of those that the flag takes. */
export function readOutputFlags(flags: OutputFlags): OutputOptions {
  return {
    format: oneOf("--format", FORMATS, flags.format),
    failOn: flags["fail-on"].map((name) => oneOf("--fail-on", FAIL_ON, name)),
    output: flags.output,
    sourceFile: flags["source-file"],
  };
}

function oneOf<T extends string>(flag: string, members: readonly T[], given: string): T {
  const found = members.find((member) => member === given);
  if (found === undefined) throw new UsageError(`${flag} takes ${members.join(", ")}, not "${given}"`);
  return found;
}

/** Where a command writes to; streams of the process, or a test's. */
export interface Streams {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

/**
 * Write the report and say how it went. What makes it incomplete always goes to standard error too, so that no log is
 * silent about it.
 *
 * @returns the command's exit code
 */
export function writeReport(report: Report, options: OutputOptions, { stdout, stderr }: Streams): number {
  const text = formatReport(options.format, report, options);
  if (options.output === undefined) stdout.write(text);
  else {
    writeFileSync(options.output, text);
    stderr.write(`intune-policy: ${countsLine(report)}; the report is in ${options.output}\n`);
  }
  for (const problem of report.problems) stderr.write(`intune-policy: not complete: ${problem}\n`);
  return exitCodeOf(report, options.failOn);
}
