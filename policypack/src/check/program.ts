import { spawn } from "node:child_process";
import { once } from "node:events";
import type { StackDescription } from "../testing/resourceDescription";
import type { Project } from "./project";
import { pulumiScript } from "./pulumiScript";
import type { StackConfig } from "./stackConfig";

/** SIGKILL for a program that has not ended by then. */
const PROGRAM_TIMEOUT_MS = 10 * 60_000;

/**
 * Run the program as Pulumi's language host does: by the `run` command of the program's own @pulumi/pulumi, which also
 * loads TypeScript as it does under the CLI. What the program prints goes to `print`.
 *
 * Source: sdk/nodejs/cmd/pulumi-language-nodejs/main.go of pulumi/pulumi.
 * @returns how it ended, `undefined` if well
 */
export async function runProgram(
  project: Project,
  stack: Required<StackDescription>,
  config: StackConfig,
  address: string,
  print: (text: string) => void,
): Promise<string | undefined> {
  const { programDir, root, entryPoint, runtimeOptions } = project;
  const flags = {
    monitor: address,
    engine: address,
    organization: stack.organization,
    project: stack.project,
    stack: stack.stack,
    "root-directory": root,
    pwd: programDir,
    parallel: "16",
  };
  const args = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]);
  const nodeArgs = runtimeOptions.nodeargs?.split(/\s+/).filter((arg) => arg !== "") ?? [];
  const child = spawn(
    process.execPath,
    [...nodeArgs, pulumiScript("run", programDir), ...args, "--dry-run", entryPoint],
    {
      cwd: programDir,
      env: { ...process.env, ...languageEnv(project), ...configEnv(config) },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: PROGRAM_TIMEOUT_MS,
      killSignal: "SIGKILL",
    },
  );
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", print);
  const [code, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
  return code === 0 ? undefined : signal === null ? `with exit code ${String(code)}` : `by ${signal}`;
}

/** TypeScript is on unless the project says otherwise. */
function languageEnv({ runtimeOptions: { typescript = true, tsconfig } }: Project): Record<string, string> {
  if (!typescript) return {};
  const tsconfigEnv = tsconfig === undefined ? {} : { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig };
  return { PULUMI_NODEJS_TYPESCRIPT: "true", ...tsconfigEnv };
}

const configEnv = ({ forProgram, encryptedKeys }: StackConfig): Record<string, string> => ({
  PULUMI_CONFIG: JSON.stringify(forProgram),
  PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(encryptedKeys),
});
