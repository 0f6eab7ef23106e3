"use strict";
const path = require("node:path");
const { ensureBundle } = require("./bundle.js");

const SOURCES = path.join("emulator", "src");

/**
 * The emulator's command as one file, since Node.js takes a third of the start to find and read a hundred and fifty.
 * Packages stay outside of it: what a plain start needs none of is loaded when it is asked for.
 * @param {string} root
 */
function ensureCommand(root) {
  ensureBundle(root, {
    target: path.join("emulator", "dist", "intune-emulator.js"),
    sources: [SOURCES, path.join("emulator", "tsconfig.json"), "tsconfig.json"],
    madeBy: path.join("tools", "command.js"),
    head: (digest) => `#!/usr/bin/env node\n// ${digest}\n`,
    make: () => makeCommand(path.join(root, SOURCES, "bin.ts")),
  });
}

/** @type {(entry: string) => string} */
function makeCommand(entry) {
  const esbuild = require("esbuild"); // Here, since most runs need none.
  const { outputFiles } = esbuild.buildSync({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    platform: "node",
    target: "node20",
    format: "cjs",
    packages: "external",
    charset: "utf8",
    logLevel: "warning",
  });
  return outputFiles[0]?.text.replace(/^#!.*\n/, "") ?? "";
}

module.exports = { ensureCommand };
