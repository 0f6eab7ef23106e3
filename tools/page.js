"use strict";
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");

const SOURCES = path.join("emulator", "page");
const TARGET = path.join("emulator", "dist", "page", "index.html");

/**
 * Bundles the emulator's page into one document with its script and style inside, unless the one there is of the same
 * sources: their digest stands in its first line, so that neither a checkout's times nor an old file can deceive.
 * @param {string} root
 */
function ensurePage(root) {
  const line = `<!-- sources: sha256 ${digestOf(root)} -->\n`;
  const target = path.join(root, TARGET);
  if (readStart(target, line.length) === line) return;
  const html = bundle(path.join(root, SOURCES));
  fs.mkdirSync(path.dirname(target), { recursive: true });
  const half = `${target}.${process.pid}`;
  fs.writeFileSync(half, line + html);
  fs.renameSync(half, target);
}

/** Of everything the bundle is made from; the lockfile stands for the packages. @param {string} root */
function digestOf(root) {
  const hash = createHash("sha256");
  const files = fs.readdirSync(path.join(root, SOURCES, "src")).sort();
  const all = [...files.map((name) => path.join(SOURCES, "src", name)), path.join(SOURCES, "index.html")];
  for (const name of [...all, "package-lock.json", path.join("tools", "page.js")]) {
    hash.update(`${path.basename(name)}\n`).update(fs.readFileSync(path.join(root, name)));
  }
  return hash.digest("hex");
}

/** @type {(file: string, length: number) => string} */
function readStart(file, length) {
  try {
    return fs.readFileSync(file, "utf8").slice(0, length);
  } catch {
    return "";
  }
}

/** @type {(folder: string) => string} */
function bundle(folder) {
  const esbuild = require("esbuild"); // Here, since most runs need none.
  const { outputFiles } = esbuild.buildSync({
    entryPoints: [path.join(folder, "src", "main.tsx")],
    outdir: folder,
    bundle: true,
    minify: true,
    write: false,
    target: "es2022",
    jsx: "automatic",
    jsxImportSource: "preact",
    legalComments: "inline",
    charset: "utf8",
    logLevel: "warning",
  });
  const outputOf = (/** @type {string} */ end) =>
    outputFiles.find((file) => file.path.endsWith(end))?.text.trim() ?? "";
  // Replaced by functions: a "$" in a bundle is no pattern. "</script" would end the element in the middle of the script.
  return fs
    .readFileSync(path.join(folder, "index.html"), "utf8")
    .replace("/* style */", () => outputOf(".css"))
    .replace("/* script */", () => outputOf(".js").replaceAll("</script", "<\\/script"));
}

module.exports = { ensurePage };
