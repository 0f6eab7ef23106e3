"use strict";
const { spawn } = require("node:child_process");
const path = require("node:path");
const { checkFiles, forbiddenTexts, longFiles } = require("./check/repositoryFiles.js");
const { findGo } = require("./engine/go.js");
const { ensureInstalled } = require("./install.js");
const { runMain } = require("./run.js");

/** @typedef {import("./check/repositoryFiles.js").Result} Result */

const ROOT = path.resolve(__dirname, "..");
const ENGINE_SOURCES = path.join(__dirname, "engine");
const SOURCES = ["provider/src", "emulator/src", "emulator/page/src", "policypack/src", "tools"];

/** Every step, in the order in which it runs. @type {[name: string, step: () => Result | Promise<Result>][]} */
const STEPS = [
  ["lockfile", lockfile],
  ["prettier", () => tool("prettier", "--check", "--log-level", "warn", ".")],
  ["tsc -b", () => tool("tsc", "-b")], // before eslint, whose typed rules read the built declarations
  ["eslint", () => tool("eslint", ".")],
  ["tsc test", () => tool("tsc", "--noEmit", "-p", "test")],
  ["tsc tools", () => tool("tsc", "--noEmit", "-p", "tools")],
  ["knip", () => tool("knip", "--no-progress")],
  ["madge", () => tool("madge", "--circular", "--no-spinner", "--warning", "--extensions", "ts,tsx,js", ...SOURCES)],
  ["gofmt", gofmt],
  ["go vet", goVet],
  ["texts", () => checkFiles(ROOT, forbiddenTexts)],
  ["file length", () => checkFiles(ROOT, longFiles)],
];

/** @type {(name: string, ...args: string[]) => Promise<Result>} */
function tool(name, ...args) {
  const script = path.join(ROOT, "node_modules", ".bin", name);
  return capture(script, args, { cwd: ROOT, shell: process.platform === "win32" });
}

/** A lockfile that npm wrote where a platform's packages could not be seen fails `npm ci` everywhere else. @returns {Promise<Result>} */
function lockfile() {
  const args = ["ci", "--dry-run", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error"];
  return capture("npm", args, { cwd: ROOT, shell: process.platform === "win32" });
}

/** @returns {Promise<Result>} */
async function gofmt() {
  const go = findGo(process.env);
  if ("fault" in go) return { outcome: "skipped", detail: go.fault };
  const result = await capture("gofmt", ["-l", "."], { cwd: ENGINE_SOURCES });
  // gofmt names the files it would change and calls that a success.
  return result.outcome === "ok" && result.detail !== "" ? { ...result, outcome: "failed" } : result;
}

/** Only our own package: vetting everything would compile the whole CLI. @returns {Promise<Result>} */
async function goVet() {
  const go = findGo(process.env);
  if ("fault" in go) return { outcome: "skipped", detail: go.fault };
  return capture("go", ["vet", "./pulumi-language-nodejs"], { cwd: ENGINE_SOURCES, env: go.env });
}

/** @type {(command: string, args: string[], options: import("node:child_process").SpawnOptions) => Promise<Result>} */
function capture(command, args, options) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (output += String(chunk)));
    child.once("error", (error) => resolve({ outcome: "failed", detail: `cannot start: ${error.message}` }));
    child.once("close", (code) => resolve({ outcome: code === 0 ? "ok" : "failed", detail: output.trim() }));
  });
}

/** `npm run check`: every step runs, also after one has failed. */
runMain(async () => {
  await ensureInstalled();
  let failed = 0;
  for (const [name, step] of STEPS) {
    const started = Date.now();
    const { outcome, detail } = await step();
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    const reason = outcome === "skipped" ? `  (${detail})` : "";
    process.stdout.write(`${outcome.padEnd(8)}${name.padEnd(12)}${seconds.padStart(6)} s${reason}\n`);
    if (outcome !== "failed") continue;
    failed++;
    process.stdout.write(`${detail.replace(/^/gm, "  ")}\n`);
  }
  process.stdout.write(failed === 0 ? "check: all is well\n" : `check: ${failed} of ${STEPS.length} steps failed\n`);
  return failed === 0 ? 0 : 1;
});
