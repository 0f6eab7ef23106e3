"use strict";
const path = require("node:path");
const { ensureBuilt, ensureInstalled } = require("./install.js");
const { run, runMain } = require("./run.js");

const ROOT = path.resolve(__dirname, "..");

/** `npm run emulator [-- arguments]`: set-up speaks on stderr, so that stdout is the emulator's alone. */
runMain(async () => {
  await ensureInstalled();
  await ensureBuilt();
  const program = path.join(ROOT, "emulator", "dist", "intune-emulator.js");
  return run(process.execPath, [program, ...process.argv.slice(2)], { cwd: ROOT });
});
