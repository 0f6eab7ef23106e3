"use strict";
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");

/**
 * A Pulumi CLI with all that a Node program with dynamic resources and a policy pack needs.
 * @typedef {object} Engine
 * @property {"path" | "cache" | "built"} source
 * @property {string} version without a leading v, for example 3.259.0
 * @property {string} binDir the folder that holds the CLI
 * @property {string} pulumi the CLI itself, absolute
 * @property {NodeJS.ProcessEnv} env the given environment with a PATH on which `pulumi` and `node` are the right ones
 * @property {string} describe one line for people
 */

/** `@pulumi/pulumi` 3.248 is what the lockfile holds; the CLI must not be older than the SDK. */
const MINIMUM_VERSION = "3.248.0";
const INSTALL_PAGE = "https://www.pulumi.com/docs/install/";
const VERSION_TIMEOUT_MS = 60_000;
const isWindows = process.platform === "win32";
const EXE = isWindows ? ".exe" : "";
/** The engine starts these by name: the first runs programs and packs, the second the dynamic provider. */
const HELPERS = [`pulumi-language-nodejs${EXE}`, `pulumi-resource-pulumi-nodejs${isWindows ? ".cmd" : ""}`];
const CLI = `pulumi${EXE}`;

/**
 * @param {Pick<Engine, "source" | "version" | "pulumi"> & { origin: string }} found
 * @param {NodeJS.ProcessEnv} env
 * @returns {Engine}
 */
function createEngine({ source, version, pulumi, origin }, env) {
  const binDir = path.dirname(pulumi);
  return {
    source,
    version,
    binDir,
    pulumi,
    env: withPath(env, source === "path" ? foldersOf(env) : [binDir, ...foldersOf(env)]),
    describe: `Pulumi v${version} (${origin})`,
  };
}

/**
 * Programs, packs and the dynamic provider run on the `node` that is found on PATH: make it the one that runs this.
 * @type {(env: NodeJS.ProcessEnv, folders: string[]) => NodeJS.ProcessEnv}
 */
function withPath(env, folders) {
  const node = findFile(`node${EXE}`, folders);
  const isThisNode = node !== undefined && fs.realpathSync(node) === fs.realpathSync(process.execPath);
  // A folder of the engine's stays first: a system folder that holds node may hold another pulumi too.
  const [first, ...rest] = folders;
  const all = isThisNode ? folders : [...(first ? [first] : []), path.dirname(process.execPath), ...rest];
  return { ...env, [pathKey(env)]: all.join(path.delimiter) };
}

/** Windows spells it "Path". @type {(env: NodeJS.ProcessEnv) => string} */
const pathKey = (env) => Object.keys(env).find((key) => key.toUpperCase() === "PATH") ?? "PATH";

/** @type {(env: NodeJS.ProcessEnv) => string[]} */
const foldersOf = (env) => (env[pathKey(env)] ?? "").split(path.delimiter).filter((folder) => path.isAbsolute(folder));

/** @type {(name: string, folders: string[]) => string | undefined} */
function findFile(name, folders) {
  return folders.map((folder) => path.join(folder, name)).find(isExecutable);
}

/** @type {(file: string) => boolean} */
function isExecutable(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * What `pulumi version` answers, without the leading v; "" when it answers without a number, undefined when it fails.
 * @param {string} pulumi
 * @param {NodeJS.ProcessEnv} env
 */
function readVersion(pulumi, env) {
  const { status, stdout } = spawnSync(pulumi, ["version"], {
    env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    encoding: "utf8",
    timeout: VERSION_TIMEOUT_MS,
    stdio: ["ignore", "pipe", "ignore"],
  });
  return status === 0 ? stdout.trim().replace(/^v/, "") : undefined;
}

module.exports = {
  createEngine,
  readVersion,
  findFile,
  foldersOf,
  isExecutable,
  MINIMUM_VERSION,
  INSTALL_PAGE,
  HELPERS,
  CLI,
};
