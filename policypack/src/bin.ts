#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { HELP } from "./report/help";
import type { Streams } from "./report/outputOptions";
import { UsageError } from "./report/usageError";
import { EXIT_UNUSABLE } from "./report/verdict";

void main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<void> {
  try {
    process.exitCode = await run(args, process);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const isUsage = error instanceof UsageError || error.name === "TypeError";
    process.stderr.write(`intune-policy: ${error.message}${isUsage ? " (see --help)" : ""}\n`);
    process.exitCode = EXIT_UNUSABLE;
  }
}

/** Each command is loaded when it is asked for: `report` needs neither gRPC nor a YAML parser. */
async function run([command, ...args]: readonly string[], streams: Streams): Promise<number> {
  if (command === "report") return (await import("./report/reportCommand.js")).reportCommand(args, streams);
  if (command === "check") return (await import("./check/checkCommand.js")).checkCommand(args, streams);
  if (command === "--version") streams.stdout.write(`${ownVersion()}\n`);
  else if (command === "--help" || command === "-h") streams.stdout.write(HELP);
  else throw new UsageError(command === undefined ? "no command was given" : `"${command}" is no command`);
  return 0;
}

function ownVersion(): string {
  const manifest = JSON.parse(readFileSync(join(__dirname, "../package.json"), "utf8")) as { version: string };
  return manifest.version;
}
