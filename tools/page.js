"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { ensureBundle } = require("./bundle.js");

const FOLDER = path.join("emulator", "page");

/** The emulator's page: one document with its script and its style inside. @param {string} root */
function ensurePage(root) {
  ensureBundle(root, {
    target: path.join("emulator", "dist", "page", "index.html"),
    sources: [path.join(FOLDER, "src"), path.join(FOLDER, "index.html")],
    madeBy: path.join("tools", "page.js"),
    head: (digest) => `<!-- ${digest} -->\n`,
    make: () => makePage(path.join(root, FOLDER)),
  });
}

/** @type {(folder: string) => string} */
function makePage(folder) {
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
