"use strict";
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { findForbidden } = require("./forbiddenText.js");

const MAX_LINES = 250;
const SOURCE = /\.(?:tsx?|js|mjs|cjs|go|css)$/;
const BINARY = /\.(?:png|ico|gif|jpe?g|webp|gz|zip)$/;

/** @typedef {{ outcome: "ok" | "failed" | "skipped", detail: string }} Result */
/** @typedef {{ name: string, text: string }} RepositoryFile */

/**
 * Files that are in the repository or would be after `git add`; undefined outside a git checkout.
 * @param {string} root
 * @returns {RepositoryFile[] | undefined}
 */
function listFiles(root) {
  const args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"];
  const { status, stdout } = spawnSync("git", args, { cwd: root, encoding: "utf8" });
  if (status !== 0) return undefined;
  return stdout
    .split("\0")
    .filter((name) => name !== "" && !BINARY.test(name) && fs.existsSync(path.join(root, name)))
    .filter((name) => fs.statSync(path.join(root, name)).isFile())
    .map((name) => ({ name, text: fs.readFileSync(path.join(root, name), "utf8") }));
}

/** @param {RepositoryFile[]} files */
const forbiddenTexts = (files) =>
  files.flatMap(({ name, text }) => findForbidden(text).map(({ line, why }) => `${name}:${line}: ${why}`));

/** @param {RepositoryFile[]} files */
const longFiles = (files) =>
  files
    .filter(({ name }) => SOURCE.test(name))
    .map(({ name, text }) => ({ name, lines: text.split("\n").length - (text.endsWith("\n") ? 1 : 0) }))
    .filter(({ lines }) => lines > MAX_LINES)
    .map(({ name, lines }) => `${name}: ${lines} lines, and ${MAX_LINES} are allowed`);

/**
 * @param {string} root
 * @param {(files: RepositoryFile[]) => string[]} findFaults
 * @returns {Result}
 */
function checkFiles(root, findFaults) {
  const files = listFiles(root);
  if (!files) return { outcome: "skipped", detail: "not a git checkout" };
  const faults = findFaults(files);
  return { outcome: faults.length > 0 ? "failed" : "ok", detail: faults.join("\n") };
}

module.exports = { checkFiles, forbiddenTexts, longFiles };
