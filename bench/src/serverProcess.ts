import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { get } from "node:http";
import path from "node:path";

const PEERS = path.resolve(__dirname, "..", "peers", "node_modules");

/** How to start a server, and how to learn from its output where it listens. */
export interface ServerCommand {
  readonly name: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Group 1 is the server's address. */
  readonly ready: RegExp;
  /** What is asked for first. Any answer counts. */
  readonly path: string;
}

const JSON_READY = /"graphEndpoint":"([^"]+)"/;

export const EMULATOR: ServerCommand = {
  name: "emulator",
  args: [path.join(require.resolve("intune-emulator"), "..", "intune-emulator.js")],
  ready: JSON_READY,
  path: "/healthz",
};

export const NODE_HTTP: ServerCommand = {
  name: "bare node:http",
  args: [path.join(__dirname, "echoServer.js")],
  ready: JSON_READY,
  path: "/",
};

/** Microsoft's storage emulator, blobs only and in memory: the fastest it can be. */
export const AZURITE: ServerCommand = {
  name: "azurite (blobs)",
  args: [
    path.join(PEERS, "azurite", "dist", "src", "blob", "main.js"),
    ...["--inMemoryPersistence", "--disableTelemetry", "--blobHost", "127.0.0.1", "--blobPort", "0"],
  ],
  ready: /listens on (http:\/\/[\d.]+:\d+)/,
  path: "/",
};

export interface ServerProcess {
  readonly url: string;
  /** From the start of the process to the first byte of its first answer. */
  readonly firstAnswerMs: number;
  /** The line of output that held the address. */
  readonly readyLine: string;
  residentMb(): number;
  stop(): Promise<void>;
}

export async function startServer({ args, env, ready, path: first }: ServerCommand): Promise<ServerProcess> {
  const started = performance.now();
  const child = spawn(process.execPath, [...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const { url, line } = await address(child, ready);
    await firstByte(`${url}${first}`);
    const firstAnswerMs = performance.now() - started;
    return { url, firstAnswerMs, readyLine: line, residentMb: () => residentMb(child.pid), stop: () => stop(child) };
  } catch (error) {
    await stop(child);
    throw error;
  }
}

function address(child: ChildProcess, ready: RegExp): Promise<{ url: string; line: string }> {
  return new Promise((resolve, reject) => {
    let output = "";
    child.stdout?.on("data", (data: Buffer) => {
      output += data.toString();
      const url = ready.exec(output)?.[1];
      if (url !== undefined) resolve({ url, line: output });
    });
    child.once("error", reject);
    child.once("exit", (code) => {
      reject(new Error(`the server ended with ${String(code)} before it was ready: ${output}`));
    });
  });
}

function firstByte(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, { agent: false }, (response) => {
      response.resume();
      resolve();
    }).once("error", reject);
  });
}

/** `VmRSS` where there is a /proc (Linux); elsewhere NaN, which is printed as it is. */
function residentMb(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, "utf8");
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await exited;
}
