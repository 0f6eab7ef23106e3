"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { onEnd } = require("../onEnd.js");
const { readVersion, HELPERS, CLI } = require("./engine.js");
const { goBuild } = require("./goBuild.js");

/** With retries, because a compiler that was just killed may still be writing. */
const GONE = { recursive: true, force: true, maxRetries: 5, retryDelay: 100 };

/**
 * Builds the CLI and the language host beside their final place and renames the finished folder into it. To be called
 * under the place's lock: every unfinished folder found there was left by a process that is gone.
 * @param {object} options
 * @param {{ dir: string, version: string }} options.place
 * @param {string} options.sourcesDir
 * @param {string} options.repositoryRoot
 * @param {NodeJS.ProcessEnv} options.goEnv
 * @param {import("../progress.js").Progress} options.progress
 */
async function buildEngine({ place, sourcesDir, repositoryRoot, goEnv, progress }) {
  removeLeftovers(place.dir);
  const unfinished = fs.mkdtempSync(`${place.dir}.building-${process.pid}-`);
  const forget = onEnd(() => fs.rmSync(unfinished, GONE));
  try {
    progress.line(
      `Building the Pulumi CLI v${place.version} from its Go module: this happens once and takes about 4 to 6 minutes on two cores.`,
    );
    await goBuild({ version: place.version, out: unfinished, sourcesDir, goEnv, progress });
    for (const script of HELPERS.slice(1)) copyScript(script, unfinished, repositoryRoot);
    const answered = readVersion(path.join(unfinished, CLI), goEnv);
    if (answered !== place.version)
      throw new Error(`the built Pulumi CLI answers version "${answered}", not "${place.version}"`);
    fs.rmSync(place.dir, GONE); // an older build that no longer answers
    fs.renameSync(unfinished, place.dir);
  } finally {
    forget();
    fs.rmSync(unfinished, GONE);
  }
}

/** @type {(dir: string) => void} */
function removeLeftovers(dir) {
  const parent = path.dirname(dir);
  for (const name of fs.readdirSync(parent)) {
    if (name.startsWith(`${path.basename(dir)}.building-`)) fs.rmSync(path.join(parent, name), GONE);
  }
}

/** @type {(script: string, into: string, repositoryRoot: string) => void} */
function copyScript(script, into, repositoryRoot) {
  const sdk = path.dirname(require.resolve("@pulumi/pulumi/package.json", { paths: [repositoryRoot] }));
  const copy = path.join(into, script);
  fs.copyFileSync(path.join(sdk, script), copy);
  fs.chmodSync(copy, 0o755);
}

module.exports = { buildEngine };
