import { spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";

export const ENGINE_SOURCES = path.resolve(__dirname, "../../../tools/engine");
const ENSURE_ENGINE = path.join(ENGINE_SOURCES, "ensureEngine.js");
const DRIVER = `
  const { ensureEngine } = require(${JSON.stringify(ENSURE_ENGINE)});
  const sourcesDir = process.argv[1];
  ensureEngine(sourcesDir ? { sourcesDir } : {}).then(
    ({ source, version, binDir, describe, env }) =>
      console.log(JSON.stringify({ source, version, binDir, describe, path: env.PATH })),
    (error) => { console.error(error.message); process.exit(1); },
  );`;

export interface Answer {
  source: string;
  version: string;
  binDir: string;
  describe: string;
  path: string;
}

/** One process that asks for an engine. */
export interface Asking {
  readonly pid: number;
  stderr(): string;
  signal(signal: NodeJS.Signals): void;
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; answer?: Answer; stderr: string }>;
}

/**
 * A PATH, a home and a cache folder of their own. `go` and `pulumi` on that PATH are fakes: they are the edge that is
 * mocked here, since the real build takes minutes. Every folder has a space in its name.
 */
export function createLab() {
  const root = mkdtempSync(path.join(os.tmpdir(), "engine lab "));
  const bin = path.join(root, "bin dir");
  const cache = path.join(root, "cache dir");
  const goLog = path.join(root, "go.log");
  mkdirSync(bin);
  const env: NodeJS.ProcessEnv = { PATH: bin, HOME: root, XDG_CACHE_HOME: cache };
  const script = (file: string, body: string) => {
    writeFileSync(file, `#!${process.execPath}\n${body}`);
    chmodSync(file, 0o755);
  };
  const builds = () => (existsSync(goLog) ? readFileSync(goLog, "utf8").trim().split("\n") : []);
  const engines = () => {
    const folder = path.join(cache, "intune-compliance-fixtures");
    return existsSync(folder) ? readdirSync(folder) : [];
  };
  return {
    root,
    bin,
    cache,
    env,
    script,
    /** A `pulumi` that answers this version, with its two helpers beside it unless told otherwise. */
    putPulumi(version: string, helpers = ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"]) {
      script(path.join(bin, "pulumi"), `console.log(${JSON.stringify(version)});`);
      for (const helper of helpers) script(path.join(bin, helper), "");
    },
    /** A `go` whose build succeeds at once, or when `release()` was called, or fails with this text. */
    putGo(go: { version?: string; toolchain?: string; holds?: boolean; fails?: string } = {}) {
      script(path.join(bin, "go"), fakeGo(root, goLog, go));
    },
    release: () => {
      writeFileSync(path.join(root, "release"), "");
    },
    /** One JSON line for each `go build` that was started. */
    builds: () => builds().map((line) => JSON.parse(line) as { pid: number; args: string[]; env: NodeJS.ProcessEnv }),
    /** What stands in the project's cache folder: finished engines, unfinished ones, locks. */
    engines,
    ask: (sourcesDir = "") => ask(env, sourcesDir),
    dispose: () => {
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function fakeGo(
  root: string,
  goLog: string,
  go: { version?: string; toolchain?: string; holds?: boolean; fails?: string },
) {
  const { version = "go1.26.8", toolchain = "local", holds = false, fails = "" } = go;
  return `
    const fs = require("node:fs");
    const [command, ...args] = process.argv.slice(2);
    if (command === "env") {
      console.log(JSON.stringify({ GOVERSION: ${JSON.stringify(version)}, GOTOOLCHAIN: ${JSON.stringify(toolchain)},
        GOHOSTOS: "hostos", GOHOSTARCH: "hostarch" }));
      process.exit(0);
    }
    fs.appendFileSync(${JSON.stringify(goLog)}, JSON.stringify({ pid: process.pid, args, env: process.env }) + "\\n");
    const fails = ${JSON.stringify(fails)};
    if (fails) { console.error(fails); process.exit(1); }
    const version = /Version=(v\\S+)/.exec(args.join(" "))[1];
    const out = args[args.indexOf("-o") + 1];
    const build = () => {
      for (const name of ["pulumi", "pulumi-language-nodejs"]) {
        fs.writeFileSync(out + name, "#!" + process.execPath + "\\nconsole.log(" + JSON.stringify(version) + ");");
        fs.chmodSync(out + name, 0o755);
      }
    };
    if (!${String(holds)}) build();
    else {
      const timer = setInterval(() => {
        if (!fs.existsSync(${JSON.stringify(path.join(root, "release"))})) return;
        clearInterval(timer);
        build();
      }, 20);
    }`;
}

function ask(env: NodeJS.ProcessEnv, sourcesDir: string): Asking {
  const child = spawn(process.execPath, ["-e", DRIVER, "--", sourcesDir], { env, stdio: ["ignore", "pipe", "pipe"] });
  const texts = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      texts[name] += text;
    });
  }
  return {
    pid: child.pid ?? 0,
    stderr: () => texts.stderr,
    signal: (signal) => void child.kill(signal),
    ended: new Promise((resolve) => {
      child.once("close", (code, signal) => {
        const done = { code, signal, stderr: texts.stderr };
        resolve(code === 0 ? { ...done, answer: JSON.parse(texts.stdout) as Answer } : done);
      });
    }),
  };
}

/** Waits for a condition that another process brings about; the test's own time limit bounds it. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await delay(20);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
