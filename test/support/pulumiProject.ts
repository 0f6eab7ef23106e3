import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync, existsSync } from "node:fs";
import path from "node:path";
import { findEngine } from "../../tools/engine/ensureEngine.js";
import { pulumiEnv } from "../../tools/engine/pulumi.js";
import { killAll, processesWith, startCli, waitUntil, withTimeout } from "./engineProcess";
import type { CliResult, RunningCli } from "./engineProcess";

export type { CliResult, RunningCli };
export type Engine = NonNullable<ReturnType<typeof findEngine>>;

const REPOSITORY_ROOT = path.resolve(__dirname, "../..");
const DEFAULT_TIMEOUT_MS = 120_000;
/** One test runs several engine operations of a few seconds each, on machines that may be slow. */
const TEST_TIMEOUT_MS = 300_000;

export interface RunOptions {
  env?: Record<string, string>;
  /** Sends the signal to the engine's process group once the output matches or the condition holds. */
  signalAfter?: { signal: NodeJS.Signals; when: RegExp | (() => boolean) };
  timeoutMs?: number;
}

export interface PulumiProject {
  /** The folder of the generated Pulumi.yaml, where the CLI runs. */
  readonly dir: string;
  readonly stackFile: string;
  run(args: string[], options?: RunOptions): Promise<CliResult>;
  start(args: string[], env?: Record<string, string>): RunningCli;
  /** Fails with the CLI's output unless the command ends with exit code 0. */
  runOk(args: string[], options?: RunOptions): Promise<CliResult>;
  setConfig(key: string, value: string, options?: { secret?: boolean }): Promise<void>;
  /** `pulumi stack export`: secrets stay encrypted. */
  state(): Promise<unknown>;
  /** The state file's text as it lies on disk. */
  rawStateText(): string;
  /** Processes of this project that are alive: engine, hosts, programs, providers, packs (Linux only). */
  processes(): { pid: number; command: string }[];
  /** Kills what still runs and removes every file of the project. */
  dispose(): Promise<void>;
}

export interface ProjectOptions {
  /** The program's folder, absolute. It runs in place, so that its imports resolve as they do for a user. */
  program: string;
  name?: string;
  stack?: string;
  config?: Record<string, string>;
  env?: Record<string, string>;
}

const found = findEngine();
const open = new Set<PulumiProject>();

/** The engine of these tests; only to be called inside `describeEngine`. */
export function engine(): Engine {
  if (!found) throw new Error("there is no engine: use describeEngine");
  return found;
}

/** A `describe` that needs the Pulumi CLI. Without one it is skipped, and its title says why. */
export function describeEngine(title: string, body: () => void): void {
  if (found) {
    jest.setTimeout(TEST_TIMEOUT_MS);
    describe(title, () => {
      afterAll(async () => {
        await Promise.all([...open].map((project) => project.dispose()));
      });
      body();
    });
    return;
  }
  const reason = process.env["INTUNE_ENGINE_SKIP_REASON"] ?? "no Pulumi CLI yet: `npm test` gets one";
  describe.skip(`${title} (skipped: ${reason})`, body);
}

/** A stack of its own over a program: own project file, own home, own backend, nothing shared with the user's Pulumi. */
export async function createProject(options: ProjectOptions): Promise<PulumiProject> {
  const { program, name = path.basename(program), stack = "test", config = {} } = options;
  const root = path.join(REPOSITORY_ROOT, ".local", "engine-tests");
  mkdirSync(root, { recursive: true });
  const home = mkdtempSync(path.join(root, `${name}-`));
  const dir = path.join(home, "project");
  const backendDir = path.join(home, "backend");
  for (const folder of [dir, backendDir]) mkdirSync(folder);
  writeProject(dir, program, name);
  const env = {
    ...pulumiEnv({ engine: engine(), home: path.join(home, "home"), backendDir, passphrase: "test" }),
    ...options.env,
  };
  const project = projectIn({ home, dir, backendDir, name, stack, env });
  open.add(project);
  await project.runOk(["stack", "init", stack]);
  const pairs = Object.entries(config).flatMap(([key, value]) => ["--plaintext", `${key}=${value}`]);
  if (pairs.length > 0) await project.runOk(["config", "set-all", ...pairs]);
  return project;
}

/** Pulumi wants `main` below the project file: a link gives that and runs the program where it stands. */
function writeProject(dir: string, program: string, name: string): void {
  symlinkSync(program, path.join(dir, "program"), "junction");
  const isTypeScript = existsSync(path.join(program, "index.ts"));
  writeFileSync(
    path.join(dir, "Pulumi.yaml"),
    `name: ${name}\nmain: program\nruntime:\n  name: nodejs\n  options:\n    typescript: ${String(isTypeScript)}\n`,
  );
}

interface Place {
  home: string;
  dir: string;
  backendDir: string;
  name: string;
  stack: string;
  env: Record<string, string>;
}

function projectIn({ home, dir, backendDir, name, stack, env }: Place): PulumiProject {
  const processes = () => processesWith("PULUMI_HOME", env["PULUMI_HOME"] ?? "");
  const running = new Set<RunningCli>();
  const project: PulumiProject = {
    dir,
    stackFile: path.join(dir, `Pulumi.${stack}.yaml`),
    start(args, extraEnv = {}) {
      const cli = startCli(engine().pulumi, args, dir, { ...env, ...extraEnv });
      running.add(cli);
      void cli.exited.then(() => running.delete(cli));
      return cli;
    },
    async run(args, { env: extraEnv = {}, signalAfter, timeoutMs = DEFAULT_TIMEOUT_MS } = {}) {
      const cli = project.start(args, extraEnv);
      const ended = withTimeout(cli, `pulumi ${args.join(" ")}`, timeoutMs);
      if (!signalAfter) return ended;
      const signalled = waitUntil(cli, signalAfter.when).then(() => {
        cli.signal(signalAfter.signal);
      });
      const [result] = await Promise.all([ended, signalled]);
      return result;
    },
    async runOk(args, runOptions) {
      const result = await project.run(args, runOptions);
      if (result.exitCode === 0) return result;
      throw new Error(`pulumi ${args.join(" ")} ended with exit code ${String(result.exitCode)}:\n${result.all}`);
    },
    async setConfig(key, value, { secret = false } = {}) {
      await project.runOk(["config", "set", secret ? "--secret" : "--plaintext", key, "--", value]);
    },
    state: async () => JSON.parse((await project.runOk(["stack", "export"])).stdout) as unknown,
    rawStateText: () => readFileSync(path.join(backendDir, ".pulumi", "stacks", name, `${stack}.json`), "utf8"),
    processes,
    async dispose() {
      open.delete(project);
      for (const cli of running) cli.signal("SIGKILL");
      await Promise.all([...running].map((cli) => cli.exited));
      await killAll(processes);
      rmSync(home, { recursive: true, force: true });
    },
  };
  return project;
}
