"use strict";
const path = require("node:path");
const { ensureEngine } = require("./engine/ensureEngine.js");
const { ensureBuilt, ensureInstalled } = require("./install.js");
const { run, runMain } = require("./run.js");

const ROOT = path.resolve(__dirname, "..");

/**
 * `npm test [-- jest arguments]`: prepares all that the tests need, then runs them. Where no engine can be had, the
 * other levels still run, and each engine test is reported as skipped with the reason.
 * @param {string[]} jestArgs
 */
async function test(jestArgs) {
  await ensureInstalled();
  await ensureBuilt();
  const jest = path.join(ROOT, "node_modules", "jest", "bin", "jest.js");
  const env = { ...process.env, ...(needsEngine(jestArgs) ? await prepareEngine() : {}) };
  return run(process.execPath, [jest, ...jestArgs], { cwd: ROOT, env });
}

/** Who selects other levels only does not want to wait for a build. @type {(jestArgs: string[]) => boolean} */
function needsEngine(jestArgs) {
  const from = jestArgs.findIndex((arg) => arg.startsWith("--selectProjects"));
  if (from < 0) return true;
  const after = jestArgs.slice(from + 1);
  const end = after.findIndex((arg) => arg.startsWith("-"));
  const names = [...(jestArgs[from]?.split("=").slice(1) ?? []), ...(end < 0 ? after : after.slice(0, end))];
  return names.includes("engine");
}

/** @returns {Promise<Record<string, string>>} what the tests are told about it in their environment */
async function prepareEngine() {
  try {
    const engine = await ensureEngine();
    process.stdout.write(`engine: ${engine.describe}\n`);
    return {};
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stdout.write(`engine: none, its tests are skipped. ${reason}\n`);
    const lastLine = reason.trim().split("\n").pop() ?? "";
    return { INTUNE_ENGINE_SKIP_REASON: lastLine };
  }
}

runMain(() => test(process.argv.slice(2)));
