import { readFileSync, realpathSync } from "node:fs";
import path from "node:path";
import { parseArgs, type ParseArgsConfig } from "node:util";
import { validatePackConfig } from "../packConfigFile";
import { OUTPUT_FLAGS, readOutputFlags, writeReport, type Streams } from "../report/outputOptions";
import { UsageError } from "../report/usageError";
import { LEVELS, type PackConfig } from "../testing/engineConfig";
import { checkProgram } from "./checkProgram";
import { isObject, readProject } from "./project";
import { readStackConfig } from "./stackConfig";

const OWN_PACK = path.resolve(__dirname, "../..");

const FLAGS = {
  ...OUTPUT_FLAGS,
  pack: { type: "string", default: OWN_PACK },
  config: { type: "string" },
  stack: { type: "string" },
  "config-value": { type: "string", multiple: true, default: [] },
} as const satisfies ParseArgsConfig["options"];

/** The stack's name where none is given: configuration that a program reads by it has some name to look for. */
const DEFAULT_STACK_NAME = "dev";

/**
 * `intune-policy check [program-folder]`.
 *
 * @returns the exit code
 * @throws {UsageError} if the command line or a file it names cannot be used
 */
export async function checkCommand(args: readonly string[], streams: Streams): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], options: FLAGS, allowPositionals: true });
  const [folder = ".", ...others] = positionals;
  if (others.length > 0) throw new UsageError(`check takes one program folder, and was given ${positionals.length}`);
  const output = readOutputFlags(values);
  const project = readProject(folder);
  const packConfig = values.config === undefined ? {} : readPackConfig(values.config);
  const report = await checkProgram({
    project,
    stack: values.stack ?? DEFAULT_STACK_NAME,
    config: readStackConfig(project, values.stack, values["config-value"]),
    packDir: values.pack,
    packConfig,
    packConfigFaults: isOwnPack(values.pack) ? validatePackConfig(packConfig) : [],
    // Standard output is the report's.
    print: (text) => streams.stderr.write(text),
  });
  return writeReport(report, output, streams);
}

/** The only pack whose options are known here; any other must judge its configuration itself. */
function isOwnPack(folder: string): boolean {
  try {
    return realpathSync(folder) === realpathSync(OWN_PACK);
  } catch {
    throw new UsageError(`there is no folder ${folder}: --pack takes the folder of a policy pack`);
  }
}

function readPackConfig(file: string): PackConfig {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const reason = error instanceof SyntaxError ? "is no JSON" : "cannot be read";
    throw new UsageError(`${file} ${reason}: --config takes the file of --policy-pack-config`);
  }
  if (!isObject(content)) throw new UsageError(`${file} is no JSON object: its keys are policy names`);
  for (const [name, entry] of Object.entries(content)) {
    const level = isObject(entry) ? (entry["enforcementLevel"] ?? LEVELS[0]) : entry;
    // The wire would carry an unknown level as advisory; the engine refuses the file.
    if (name !== "environments" && !LEVELS.some((known) => known === level))
      throw new UsageError(`${file}: the level of ${name} must be one of ${LEVELS.join(", ")}`);
  }
  return content;
}
