import { spawn } from "node:child_process";
import { once } from "node:events";
import { delimiter, dirname, join } from "node:path";

const BIN = join(__dirname, "../../policypack/dist/bin.js");

export interface CommandResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Run the built command `intune-policy` in a process of its own, with a PATH that has Node alone. */
export async function intunePolicy(
  args: readonly string[],
  {
    stdin = "",
    cwd,
    env = {},
  }: { readonly stdin?: string; readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<CommandResult> {
  const child = spawn(process.execPath, [BIN, ...args], {
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...withoutEndpoints(process.env), PATH: [dirname(process.execPath), "/nowhere"].join(delimiter), ...env },
  });
  const texts = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name].setEncoding("utf8").on("data", (text: string) => (texts[name] += text));
  child.stdin.end(stdin);
  const [exitCode] = (await once(child, "close")) as [number | null];
  return { exitCode, ...texts };
}

/** Nothing of the machine's own set-up may help or disturb. */
const withoutEndpoints = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !/^(INTUNE|ARM|AZURE|PULUMI)_/.test(name)));
