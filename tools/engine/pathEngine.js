"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { isAtLeast } = require("../version.js");
const { createEngine, readVersion, findFile, foldersOf, MINIMUM_VERSION, HELPERS, CLI } = require("./engine.js");

/**
 * The `pulumi` that a shell would run, if it can run these programs; else undefined, after saying why.
 * @param {NodeJS.ProcessEnv} env
 * @param {(message: string) => void} say
 * @returns {import("./engine.js").Engine | undefined}
 */
function findOnPath(env, say) {
  const folders = foldersOf(env);
  const pulumi = findFile(CLI, folders);
  if (!pulumi) return undefined;
  const version = readVersion(pulumi, env);
  const fault = faultOf(pulumi, version, folders);
  if (fault !== undefined || version === undefined) {
    say(`passing over ${pulumi}: ${fault}`);
    return undefined;
  }
  return createEngine({ source: "path", version, pulumi, origin: `on PATH, ${pulumi}` }, env);
}

/** @type {(pulumi: string, version: string | undefined, folders: string[]) => string | undefined} */
function faultOf(pulumi, version, folders) {
  if (version === undefined) return "`pulumi version` fails";
  if (version === "") return "`pulumi version` names no version";
  if (!isAtLeast(version, MINIMUM_VERSION)) return `it is ${version}, and ${MINIMUM_VERSION} or newer is needed`;
  // Package managers link the CLI into a common folder: its helpers may stand beside the file that the link leads to.
  const beside = [path.dirname(pulumi), path.dirname(fs.realpathSync(pulumi))];
  const missing = HELPERS.filter((helper) => !findFile(helper, [...beside, ...folders]));
  if (missing.length > 0) return `${missing.join(" and ")} is neither beside it nor on PATH`;
  return undefined;
}

module.exports = { findOnPath };
