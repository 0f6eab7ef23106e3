import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

const PROGRAMS = path.resolve(__dirname, "..", "programs");

/** A stack of its own over one of bench/programs. The quiet environment comes from `npm run bench`. */
export interface Stack {
  /** `pulumi up` without preview; the seconds it took. */
  up(): Promise<number>;
  /** `pulumi preview` with the policy pack of a folder; the seconds it took. */
  preview(pack: string): Promise<number>;
  /** `pulumi refresh`; the seconds it took. */
  refresh(): Promise<number>;
  /** The state file's text. */
  stateText(): string;
  dispose(): void;
}

export type Program = "ours" | "textbook" | "floor";

export interface StackOptions {
  readonly program: Program;
  readonly config: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
}

export async function createStack({ program, config, env }: StackOptions): Promise<Stack> {
  const folder = mkdtempSync(path.join(tmpdir(), "intune-bench-"));
  const backend = path.join(folder, "backend");
  mkdirSync(backend);
  const all = {
    ...process.env,
    PULUMI_HOME: path.join(folder, "home"),
    PULUMI_BACKEND_URL: pathToFileURL(backend).href,
    ...env,
  };
  const pulumi = (...args: string[]) => run([...args, "--stack", "bench"], path.join(PROGRAMS, program), all);
  await pulumi("stack", "init");
  await pulumi(
    "config",
    "set-all",
    ...Object.entries(config).flatMap(([key, value]) => ["--plaintext", `${key}=${value}`]),
  );
  return {
    up: () => timed(() => pulumi("up", "--yes", "--skip-preview")),
    preview: (pack) => timed(() => pulumi("preview", "--policy-pack", pack)),
    refresh: () => timed(() => pulumi("refresh", "--yes", "--skip-preview")),
    stateText: () => readFileSync(path.join(backend, ".pulumi", "stacks", `bench-${program}`, "bench.json"), "utf8"),
    dispose: () => {
      rmSync(folder, { recursive: true, force: true });
      rmSync(path.join(PROGRAMS, program, "Pulumi.bench.yaml"), { force: true });
    },
  };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

/** Run the CLI that `npm run bench` has found; its output is shown only if it fails. */
function run(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<void> {
  const command = process.env["INTUNE_BENCH_PULUMI"];
  if (command === undefined) throw new Error("start the bench with npm run bench, which finds the Pulumi CLI");
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => (output += data.toString()));
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`pulumi ${args[0] ?? ""} ended with ${String(code)}:\n${output}`));
    });
  });
}
