import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { parseEngineEvents } from "./engineEvents";
import { OUTPUT_FLAGS, readOutputFlags, writeReport, type Streams } from "./outputOptions";
import { reportEvents } from "./reportEvents";
import { UsageError } from "./usageError";

const STANDARD_INPUT = 0;

/**
 * `intune-policy report [events-file|-]`.
 *
 * @returns the exit code
 * @throws {UsageError} if the command line or the stream cannot be used
 */
export function reportCommand(args: readonly string[], streams: Streams): number {
  const { values, positionals } = parseArgs({ args: [...args], options: OUTPUT_FLAGS, allowPositionals: true });
  const [file = "-", ...others] = positionals;
  if (others.length > 0) throw new UsageError(`report takes one events file, and was given ${positionals.length}`);
  const options = readOutputFlags(values);
  const parsed = parseEngineEvents(readStream(file));
  if ("fault" in parsed) throw new UsageError(`${file === "-" ? "standard input" : file}: ${parsed.fault}`);
  return writeReport(reportEvents(parsed.events), options, streams);
}

function readStream(file: string): string {
  try {
    return readFileSync(file === "-" ? STANDARD_INPUT : file, "utf8");
  } catch (error) {
    // Not the error's own text: for standard input it names no file.
    const { code = "unreadable" } = error as NodeJS.ErrnoException;
    throw new UsageError(`cannot read ${file === "-" ? "standard input" : file} (${code}): give the file of events`);
  }
}
