import { spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

export interface CliResult {
  exitCode: number | null;
  stdout: string;
  stderr: string;
  /** stdout and stderr in the order in which they came. */
  all: string;
}

export interface RunningCli {
  readonly pid: number;
  /** What it has printed so far, stdout and stderr together. */
  output(): string;
  /** To its whole process group, as a terminal does. The engine starts plugins in groups of their own. */
  signal(signal: NodeJS.Signals): void;
  /** Never rejects. */
  readonly exited: Promise<CliResult>;
}

/** Starts a command as the leader of its own process group, with no terminal. */
export function startCli(command: string, args: string[], cwd: string, env: NodeJS.ProcessEnv): RunningCli {
  const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  const { pid } = child;
  if (pid === undefined) throw new Error(`cannot start ${command}`);
  const texts = { stdout: "", stderr: "", all: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      texts[name] += text;
      texts.all += text;
    });
  }
  const exited = new Promise<CliResult>((resolve) => {
    child.once("close", (exitCode) => {
      resolve({ exitCode, ...texts });
    });
  });
  return {
    pid,
    output: () => texts.all,
    signal: (signal) => {
      kill(-pid, signal);
    },
    exited,
  };
}

/** Waits until a condition holds; fails with the command's output if it ends first. */
export async function waitUntil(cli: RunningCli, when: RegExp | (() => boolean), what = String(when)): Promise<void> {
  const ended = cli.exited.then(() => true);
  const holds = when instanceof RegExp ? () => when.test(cli.output()) : when;
  while (!holds()) {
    if (await Promise.race([ended, delay(50, false)])) {
      if (holds()) return;
      throw new Error(`the command ended before ${what} held:\n${cli.output()}`);
    }
  }
}

/** The command's result; past the limit it is killed and the wait fails with what was printed. */
export async function withTimeout(cli: RunningCli, what: string, timeoutMs: number): Promise<CliResult> {
  const timer = new AbortController();
  const late = delay(timeoutMs, undefined, { signal: timer.signal }).catch(() => undefined);
  const result = await Promise.race([cli.exited, late]);
  timer.abort();
  if (result) return result;
  cli.signal("SIGKILL");
  throw new Error(`${what} did not end within ${timeoutMs} ms:\n${cli.output()}`);
}

/** Processes that carry this variable in their environment, found through /proc: Linux only, elsewhere none is found. */
export function processesWith(name: string, value: string): { pid: number; command: string }[] {
  if (process.platform !== "linux") return [];
  const marker = `\0${name}=${value}\0`;
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => `\0${readProc(pid, "environ")}`.includes(marker))
    .map((pid) => ({ pid: Number(pid), command: readProc(pid, "cmdline").replaceAll("\0", " ").trim() }));
}

/** Kills what is left and waits until it is gone. */
export async function killAll(find: () => { pid: number }[]): Promise<void> {
  for (let left = find(); left.length > 0; left = find()) {
    for (const { pid } of left) kill(pid, "SIGKILL");
    await delay(50);
  }
}

function readProc(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return ""; // it ended meanwhile, or belongs to another user; a zombie's is empty
  }
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
