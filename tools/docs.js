"use strict";
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { rulePages, withRules } = require("./docs/rulePages.js");
const { withSettings } = require("./docs/settingsTable.js");
const { runMain } = require("./run.js");

const ROOT = path.resolve(__dirname, "..");

/** `npm run docs`: write what the documentation takes from the code. test/unit/tools/docs.test.ts fails when it is old. */
runMain(async () => {
  const build = spawnSync(path.join(ROOT, "node_modules/.bin/tsc"), ["-b"], {
    cwd: ROOT,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (build.status !== 0) return 1;
  const { SETTINGS } = require(path.join(ROOT, "provider/dist/graph/settingsTable.js"));
  const { policies, templates } = require(path.join(ROOT, "policypack/dist/policies/index.js"));
  const { packConfigSchema } = require(path.join(ROOT, "policypack/dist/packConfigSchema.js"));
  const { createPackContext } = require(path.join(ROOT, "policypack/dist/packContext.js"));
  const { readSurroundings } = require(path.join(ROOT, "policypack/dist/surroundings.js"));
  await rewrite("provider/README.md", (text) => withSettings(text, SETTINGS));
  for (const [name, page] of rulePages({ templates, createPackContext, readSurroundings }, policies)) {
    await rewrite(`docs/rules/${name}`, () => page);
  }
  await rewrite("docs/rules/README.md", (text) => withRules(text, policies, ""));
  await rewrite("policypack/README.md", (text) => withRules(text, policies, "../docs/rules/"));
  await rewrite("policypack/policy-pack-config.schema.json", () => JSON.stringify(packConfigSchema()));
  return 0;
});

/** Laid out as `npm run check` wants it. @type {(name: string, change: (text: string) => string) => Promise<void>} */
async function rewrite(name, change) {
  const prettier = require("prettier");
  const file = path.join(ROOT, name);
  const text = change(fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "");
  const options = await prettier.resolveConfig(file);
  fs.writeFileSync(file, await prettier.format(text, { ...options, filepath: file }));
}
