"use strict";
const path = require("node:path");
const { ensureEngine } = require("./engine/ensureEngine.js");
const { pulumiEnv } = require("./engine/pulumi.js");
const { ensureBuilt, ensureInstalled } = require("./install.js");
const { run, runMain } = require("./run.js");

const ROOT = path.resolve(__dirname, "..");
const PEERS = path.join(ROOT, "bench", "peers");

/** `npm run bench [-- name]`: the benchmarks, on a built tree, each stack in folders of its own below this home. */
runMain(async () => {
  const names = process.argv.slice(2);
  await ensureInstalled();
  await ensureBuilt();
  // What the emulator is measured beside is large, and nobody else needs it.
  if (names.length === 0 || names.some((name) => name.startsWith("emulator-"))) await ensureInstalled(PEERS);
  const engine = await ensureEngine();
  const home = path.join(ROOT, ".local", "bench");
  const env = {
    ...pulumiEnv({ engine, home, backendDir: home }),
    INTUNE_BENCH_PULUMI: engine.pulumi,
    INTUNE_BENCH_ENGINE: engine.describe,
  };
  const program = path.join(ROOT, "bench", "dist", "index.js");
  return run(process.execPath, [program, ...names], { cwd: ROOT, env });
});
