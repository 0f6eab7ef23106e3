"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { codeOf, withLock } = require("../lock.js");
const { createProgress } = require("../progress.js");
const { buildEngine } = require("./buildEngine.js");
const { cachePlace, findInCache } = require("./cacheEngine.js");
const { INSTALL_PAGE, MINIMUM_VERSION } = require("./engine.js");
const { findGo, MINIMUM_GO } = require("./go.js");
const { findOnPath } = require("./pathEngine.js");

/** @typedef {import("./engine.js").Engine} Engine */

/**
 * @typedef {object} Options
 * @property {NodeJS.ProcessEnv} [env]
 * @property {string} [sourcesDir] the folder with go.mod and the language host
 * @property {string} [repositoryRoot] where `@pulumi/pulumi` is resolved from
 * @property {import("../progress.js").Progress} [progress]
 */

/** @param {Options} options */
function withDefaults(options) {
  return {
    env: process.env,
    sourcesDir: __dirname,
    repositoryRoot: path.resolve(__dirname, "../.."),
    progress: createProgress(process.stderr),
    ...options,
  };
}

/**
 * The engine that is there already; undefined where one would have to be built. Synchronous, so that tests can decide
 * at declaration time whether they run.
 * @param {Options} [options]
 * @returns {Engine | undefined}
 */
function findEngine(options = {}) {
  const { env, sourcesDir, progress } = withDefaults(options);
  return findOnPath(env, progress.line) ?? findInCache(cachePlace(env, sourcesDir), env);
}

/**
 * A Pulumi CLI: the one on PATH, else the one of an earlier build, else one built now from the CLI's own Go module.
 * @param {Options} [options]
 * @returns {Promise<Engine>}
 * @throws {Error} one line that says what to install, after Go's last lines where a build failed
 */
async function ensureEngine(options = {}) {
  const settings = withDefaults(options);
  const { env, sourcesDir, progress } = settings;
  const found = findEngine(settings);
  if (found) return found;
  const go = findGo(env);
  if ("fault" in go) {
    throw new Error(
      `No Pulumi CLI: install Pulumi ${MINIMUM_VERSION} or newer (${INSTALL_PAGE}), or Go ${MINIMUM_GO} or newer to have it built here; ${go.fault}.`,
    );
  }
  const place = cachePlace(env, sourcesDir);
  makeWritable(path.dirname(place.dir));
  return withLock(`${place.dir}.lock`, progress.line, async () => {
    const meanwhile = findInCache(place, env);
    if (meanwhile) return meanwhile;
    await buildEngine({ ...settings, place, goEnv: go.env });
    const built = findInCache(place, env, "built");
    if (!built) throw new Error(`the Pulumi CLI built in ${place.dir} does not answer`);
    progress.line(built.describe);
    return built;
  });
}

/** @type {(dir: string) => void} */
function makeWritable(dir) {
  try {
    fs.mkdirSync(dir, { recursive: true });
    fs.accessSync(dir, fs.constants.W_OK);
  } catch (error) {
    const variable = process.platform === "win32" ? "LOCALAPPDATA" : "XDG_CACHE_HOME";
    throw new Error(
      `Cannot write the cache folder ${dir} (${codeOf(error)}): set ${variable} to a folder that can be written, or install Pulumi (${INSTALL_PAGE}).`,
    );
  }
}

module.exports = { ensureEngine, findEngine };
