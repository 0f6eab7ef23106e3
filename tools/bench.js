"use strict";
const path = require("node:path");
const { ensureEngine } = require("./engine/ensureEngine.js");
const { pulumiEnv } = require("./engine/pulumi.js");
const { ensureBuilt, ensureInstalled } = require("./install.js");
const { run, runMain } = require("./run.js");

const ROOT = path.resolve(__dirname, "..");

/** `npm run bench [-- name]`: the benchmarks, on a built tree, each stack in folders of its own below this home. */
runMain(async () => {
  await ensureInstalled();
  await ensureBuilt();
  const engine = await ensureEngine();
  const home = path.join(ROOT, ".local", "bench");
  const env = {
    ...pulumiEnv({ engine, home, backendDir: home }),
    INTUNE_BENCH_PULUMI: engine.pulumi,
    INTUNE_BENCH_ENGINE: engine.describe,
  };
  const program = path.join(ROOT, "bench", "dist", "index.js");
  return run(process.execPath, [program, ...process.argv.slice(2)], { cwd: ROOT, env });
});
