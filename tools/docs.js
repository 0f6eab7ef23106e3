"use strict";
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { withSettings } = require("./docs/settingsTable.js");

const ROOT = path.resolve(__dirname, "..");
const README = path.join(ROOT, "provider/README.md");

/** `npm run docs`: write what the documentation takes from the code. test/unit/tools/docs.test.ts fails when it is old. */
const build = spawnSync(path.join(ROOT, "node_modules/.bin/tsc"), ["-b"], {
  cwd: ROOT,
  stdio: "inherit",
  shell: process.platform === "win32",
});
if (build.status === 0) {
  const { SETTINGS } = require(path.join(ROOT, "provider/dist/graph/settingsTable.js"));
  fs.writeFileSync(README, withSettings(fs.readFileSync(README, "utf8"), SETTINGS));
} else {
  process.exitCode = 1;
}
