"use strict";
const { spawn } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { codeOf } = require("../lock.js");
const { onEnd } = require("../onEnd.js");
const { INSTALL_PAGE } = require("./engine.js");

const TAIL_LINES = 15;
const TICK_MS = 1_000;

/**
 * @param {object} options
 * @param {string} options.version
 * @param {string} options.out
 * @param {string} options.sourcesDir
 * @param {NodeJS.ProcessEnv} options.goEnv
 * @param {import("../progress.js").Progress} options.progress
 */
async function goBuild({ version, out, sourcesDir, goEnv, progress }) {
  // Go's own scratch folder stands inside the unfinished one, so that it goes away with it even after a kill -9.
  const scratch = path.join(out, "scratch");
  fs.mkdirSync(scratch);
  const stamp = `github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${version}`;
  const child = spawn(
    "go",
    [
      ...["build", "-v", "-o", out + path.sep, "-tags", "osusergo,grpcnotrace", "-ldflags", `-s -w -X ${stamp}`],
      ...["github.com/pulumi/pulumi/pkg/v3/cmd/pulumi", "./pulumi-language-nodejs"],
    ],
    // Its own process group, because `go` is the parent of the compilers: they all end together.
    {
      cwd: sourcesDir,
      env: { ...goEnv, GOTMPDIR: scratch },
      stdio: ["ignore", "pipe", "pipe"],
      detached: process.platform !== "win32",
    },
  );
  const forget = onEnd(() => killGroup(child.pid));
  const output = followOutput(child, progress);
  try {
    const outcome = await new Promise((resolve) => {
      child.once("error", (error) => resolve(codeOf(error) ?? error.message));
      child.once("close", (code, signal) => resolve(code ?? signal));
    });
    if (outcome !== 0) throw buildFailure(outcome, output.tail());
  } finally {
    output.stop();
    forget();
  }
  fs.rmSync(scratch, { recursive: true, force: true });
}

/** @type {(pid: number | undefined) => void} */
function killGroup(pid) {
  try {
    if (pid !== undefined) process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
  } catch (error) {
    if (codeOf(error) !== "ESRCH") throw error;
  }
}

/**
 * Counts what `go build -v` reports and keeps the last lines that are no mere progress.
 * @param {import("node:child_process").ChildProcessByStdio<null, import("node:stream").Readable, import("node:stream").Readable>} child
 * @param {import("../progress.js").Progress} progress
 */
function followOutput(child, progress) {
  const started = Date.now();
  let modules = 0;
  let packages = 0;
  /** @type {string[]} */
  const lines = [];
  let partial = "";
  /** @param {string} line */
  const take = (line) => {
    if (/^go: downloading /.test(line)) modules++;
    else if (/^[\w./~@-]+$/.test(line)) packages++;
    else if (line.trim() !== "") lines.push(line);
  };
  /** @param {Buffer} chunk */
  const onData = (chunk) => {
    const parts = (partial + chunk.toString("utf8")).split("\n");
    partial = parts.pop() ?? "";
    parts.forEach(take);
  };
  child.stdout.on("data", onData);
  child.stderr.on("data", onData);
  const tick = setInterval(() => {
    const seconds = Math.round((Date.now() - started) / 1000);
    progress.status(`go build: ${seconds} s, ${modules} modules downloaded, ${packages} packages compiled`);
  }, TICK_MS);
  return {
    stop() {
      clearInterval(tick);
      if (partial !== "") take(partial);
      partial = "";
    },
    tail: () => [...lines, ...(partial ? [partial] : [])].slice(-TAIL_LINES),
  };
}

/** @type {(outcome: unknown, tail: string[]) => Error} */
function buildFailure(outcome, tail) {
  const cause = tail.some((line) =>
    /dial tcp|no such host|i\/o timeout|connection refused|: 40[34] |: 50\d /.test(line),
  )
    ? "the Go module proxy did not give what was asked for: check GOPROXY and the network, then run this again"
    : "see Go's output above";
  return new Error(
    `${tail.map((line) => `  ${line}\n`).join("")}Building the Pulumi CLI failed (go: ${outcome}); ${cause}, or install Pulumi: ${INSTALL_PAGE}`,
  );
}

module.exports = { goBuild };
