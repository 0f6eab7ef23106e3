"use strict";
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");

/**
 * A file that is made from others.
 * @typedef {object} Bundle
 * @property {string} target relative to the root, as are the others
 * @property {readonly string[]} sources files, and folders with all that is in them
 * @property {string} madeBy the script that makes it
 * @property {(digest: string) => string} head its first text, with the digest in it
 * @property {(root: string) => string} make the rest of it
 */

/**
 * Makes the file anew, unless the one that is there begins with the digest of the same sources: neither a checkout's
 * times nor an old file can deceive.
 * @param {string} root
 * @param {Bundle} bundle
 */
function ensureBundle(root, { target, sources, madeBy, head, make }) {
  const start = head(`sources: sha256 ${digestOf(root, [...sources, madeBy])}`);
  const file = path.join(root, target);
  if (readStart(file, start.length) === start) return;
  const text = start + make(root);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const half = `${file}.${process.pid}`;
  fs.writeFileSync(half, text, { mode: start.startsWith("#!") ? 0o755 : 0o644 });
  fs.renameSync(half, file);
}

/** Of everything it is made from; the lockfile stands for the packages. @type {(root: string, sources: readonly string[]) => string} */
function digestOf(root, sources) {
  const hash = createHash("sha256");
  for (const source of [...sources, "package-lock.json", path.join("tools", "bundle.js")]) {
    for (const file of filesOf(path.join(root, source))) {
      hash.update(`${path.relative(root, file).replaceAll(path.sep, "/")}\n`).update(fs.readFileSync(file));
    }
  }
  return hash.digest("hex");
}

/** @type {(source: string) => string[]} */
function filesOf(source) {
  if (!fs.statSync(source).isDirectory()) return [source];
  const inside = fs.readdirSync(source, { recursive: true, encoding: "utf8" }).sort();
  return inside.map((name) => path.join(source, name)).filter((file) => fs.statSync(file).isFile());
}

/** @type {(file: string, length: number) => string} */
function readStart(file, length) {
  try {
    return fs.readFileSync(file, "utf8").slice(0, length);
  } catch {
    return "";
  }
}

module.exports = { ensureBundle };
