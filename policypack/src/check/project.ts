import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { UsageError } from "../report/usageError";

export interface Project {
  readonly name: string;
  /** The folder of Pulumi.yaml. */
  readonly root: string;
  /** The folder in which the program runs. */
  readonly programDir: string;
  /** The program's file in that folder, or `.` for what its package.json or index says. */
  readonly entryPoint: string;
  readonly runtimeOptions: { readonly typescript?: boolean; readonly tsconfig?: string; readonly nodeargs?: string };
  /** Where the stacks' files lie. */
  readonly stackConfigDir: string;
  /** The configuration that all stacks share, as Pulumi.yaml has it. */
  readonly config: Readonly<Record<string, unknown>>;
}

const PROJECT_FILES = ["Pulumi.yaml", "Pulumi.yml"];

/**
 * The project of a folder: its own Pulumi.yaml, or the nearest one above, as the CLI looks for it.
 *
 * @throws {UsageError} if there is none, or it is no Node.js project
 */
export function readProject(folder: string): Project {
  const file = findProjectFile(path.resolve(folder));
  if (file === undefined) throw new UsageError(`no Pulumi.yaml in ${folder} or above: name the program's folder`);
  const content = readYaml(file);
  const { name, main, runtime, config } = content;
  if (typeof name !== "string" || name === "") throw new UsageError(`${file} has no name: give the project one`);
  const [runtimeName, runtimeOptions] = isObject(runtime) ? [runtime["name"], runtime["options"]] : [runtime, {}];
  if (runtimeName !== "nodejs")
    throw new UsageError(`${file} has the runtime ${String(runtimeName)}: only nodejs programs can be checked`);
  const root = path.dirname(file);
  const configDir = typeof content["stackConfigDir"] === "string" ? content["stackConfigDir"] : ".";
  return {
    name,
    root,
    ...locateProgram(root, typeof main === "string" ? main : "."),
    runtimeOptions: isObject(runtimeOptions) ? runtimeOptions : {},
    stackConfigDir: path.resolve(root, configDir),
    config: isObject(config) ? config : {},
  };
}

/** A YAML file's mapping; empty for an empty file. @throws {UsageError} if it is no YAML, or another kind of value */
export function readYaml(file: string): Readonly<Record<string, unknown>> {
  let content: unknown;
  try {
    content = parse(readFileSync(file, "utf8"));
  } catch (error) {
    // The parser's own text quotes the line, which may hold a value.
    throw new UsageError(`${file} cannot be read (${error instanceof Error ? error.name : "unknown"}): mend the YAML`);
  }
  if (content === null || content === undefined) return {};
  if (!isObject(content)) throw new UsageError(`${file} holds no mapping: it must be keys and values`);
  return content;
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function findProjectFile(folder: string): string | undefined {
  const found = PROJECT_FILES.map((name) => path.join(folder, name)).find((file) => existsSync(file));
  const parent = path.dirname(folder);
  return found ?? (parent === folder ? undefined : findProjectFile(parent));
}

/** A folder that is a link counts as where it leads, which is what a process that runs in it sees. Source: GetPwdMain in pkg/engine/project.go of pulumi/pulumi. */
function locateProgram(root: string, main: string): Pick<Project, "programDir" | "entryPoint"> {
  const target = path.resolve(root, main);
  const isFolder = existsSync(target) && statSync(target).isDirectory();
  return isFolder
    ? { programDir: realpathSync(target), entryPoint: "." }
    : { programDir: realpathSync(path.dirname(target)), entryPoint: path.basename(target) };
}
