"use strict";
const crypto = require("node:crypto");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { createEngine, readVersion, isExecutable, HELPERS, CLI } = require("./engine.js");

const FOLDER = "intune-compliance-fixtures";

/**
 * Where a build of these Go sources belongs. The name holds what the build depends on, so that changed sources, another
 * CLI version or another machine sharing the home folder lead to another folder.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} sourcesDir
 * @returns {{ dir: string, version: string }}
 */
function cachePlace(env, sourcesDir) {
  const hostDir = path.join(sourcesDir, "pulumi-language-nodejs");
  const hostFiles = fs.readdirSync(hostDir).sort();
  const files = ["go.mod", "go.sum", ...hostFiles.map((name) => path.join("pulumi-language-nodejs", name))];
  const hash = crypto.createHash("sha256").update(`${process.platform}-${process.arch}\n`);
  for (const file of files) hash.update(`${file}\n`).update(fs.readFileSync(path.join(sourcesDir, file)));
  const version = cliVersion(fs.readFileSync(path.join(sourcesDir, "go.mod"), "utf8"));
  const name = `engine-v${version}-${hash.digest("hex").slice(0, 12)}`;
  return { dir: path.join(cacheRoot(env), FOLDER, name), version };
}

/** The CLI's module and the SDK carry the same version; go.mod is the one place that names it. @type {(goMod: string) => string} */
function cliVersion(goMod) {
  const version = /github\.com\/pulumi\/pulumi\/sdk\/v3 v(\S+)/.exec(goMod)?.[1];
  if (!version) throw new Error("tools/engine/go.mod names no version of github.com/pulumi/pulumi/sdk/v3");
  return version;
}

/** @type {(env: NodeJS.ProcessEnv) => string} */
function cacheRoot(env) {
  const home = env["HOME"] || os.homedir();
  // The XDG specification: a relative value is invalid and is to be ignored.
  if (env["XDG_CACHE_HOME"] && path.isAbsolute(env["XDG_CACHE_HOME"])) return env["XDG_CACHE_HOME"];
  if (process.platform === "darwin") return path.join(home, "Library", "Caches");
  if (process.platform === "win32") return env["LOCALAPPDATA"] || path.join(home, "AppData", "Local");
  return path.join(home, ".cache");
}

/**
 * The engine that an earlier build left, if it is whole and answers its version.
 * @param {{ dir: string, version: string }} place
 * @param {NodeJS.ProcessEnv} env
 * @param {"cache" | "built"} [source]
 * @returns {import("./engine.js").Engine | undefined}
 */
function findInCache({ dir, version }, env, source = "cache") {
  const pulumi = path.join(dir, CLI);
  if (![CLI, ...HELPERS].every((name) => isExecutable(path.join(dir, name)))) return undefined;
  if (readVersion(pulumi, env) !== version) return undefined;
  const origin = `built from its Go module, ${source === "cache" ? "found" : "now"} in ${dir}`;
  return createEngine({ source, version, pulumi, origin }, env);
}

module.exports = { cachePlace, findInCache };
