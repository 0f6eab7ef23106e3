import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { DEFAULT_APP } from "intune-emulator";
import type { EmulatorApp } from "intune-emulator";

const BIN = join(require.resolve("intune-emulator"), "..", "intune-emulator.js");

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** The command as a process of its own; `ready` is the line it prints, `ended` what is left of it. */
export interface EmulatorProcess {
  graphEndpoint: string;
  authority: string;
  app: EmulatorApp;
  readyLine: Record<string, unknown>;
  child: ChildProcess;
  ended: Promise<Ended>;
}

const running = new Set<ChildProcess>();

/** For afterEach: a test that fails half-way leaves no process behind. */
export async function killAll(): Promise<void> {
  const ends = [...running].map((child) => new Promise((resolve) => child.once("close", resolve)));
  for (const child of running) child.kill("SIGKILL");
  await Promise.all(ends);
}

export function run(...args: string[]): { child: ChildProcess; firstLine: Promise<string>; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [BIN, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  let [stdout, stderr] = ["", ""];
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const firstLine = new Promise<string>((resolve) => {
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk.toString();
      if (stdout.includes("\n")) resolve(stdout.split("\n")[0] ?? "");
    });
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on("close", (code, signal) => {
      running.delete(child);
      resolve({ code, signal, stdout, stderr });
    });
  });
  return { child, firstLine, ended };
}

/** Resolves when it is ready; rejects with what it said when it ends before that. */
export async function startProcess(...args: string[]): Promise<EmulatorProcess> {
  const { child, firstLine, ended } = run(...args);
  const line = await Promise.race([firstLine, ended]);
  if (typeof line !== "string") throw new Error(`the emulator ended with ${line.code ?? "no code"}: ${line.stderr}`);
  const readyLine = JSON.parse(line) as Record<string, unknown>;
  const { graphEndpoint, authority } = readyLine as { graphEndpoint: string; authority: string };
  return { graphEndpoint, authority, app: DEFAULT_APP, readyLine, child, ended };
}
