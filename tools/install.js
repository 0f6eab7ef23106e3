"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { ensureCommand } = require("./command.js");
const { withLock } = require("./lock.js");
const { ensurePage } = require("./page.js");
const { run } = require("./run.js");
const { isAtLeast } = require("./version.js");

const ROOT = path.resolve(__dirname, "..");

/**
 * One entry of a package-lock.json.
 * @typedef {{ version?: string, link?: boolean, optional?: boolean, devOptional?: boolean }} LockedPackage
 * @typedef {Record<string, LockedPackage>} LockedPackages
 */

/** @type {(message: string) => void} */
const say = (message) => void process.stderr.write(`${message}\n`);

/**
 * Makes node_modules what package-lock.json says, with `npm ci`, unless it is so already.
 * @param {string} [root]
 * @returns {Promise<void>}
 * @throws {Error} one line that says what to do
 */
async function ensureInstalled(root = ROOT) {
  assertNodeVersion(root);
  if (isInstalled(root)) return;
  await withLock(path.join(root, ".local", "install.lock"), say, async () => {
    if (isInstalled(root)) return;
    say("Installing the packages of package-lock.json (npm ci).");
    await npmCi(root);
    if (!isInstalled(root)) throw new Error("npm ci ended well, but node_modules is not what package-lock.json says.");
  });
}

/** @type {(root: string) => void} */
function assertNodeVersion(root) {
  const range = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8")).engines.node;
  if (isAtLeast(process.versions.node, range)) return;
  throw new Error(
    `Node ${range} is needed, and this is ${process.versions.node} (${process.execPath}): https://nodejs.org/en/download`,
  );
}

/**
 * Compares package-lock.json with the lockfile that npm leaves inside node_modules when it is done. Contents, not file
 * times: a checkout changes times, an interrupted install leaves no inner lockfile.
 * @type {(root: string) => boolean}
 */
function isInstalled(root) {
  const wanted = readPackages(path.join(root, "package-lock.json"));
  const present = readPackages(path.join(root, "node_modules", ".package-lock.json"));
  if (!wanted) throw new Error("package-lock.json is missing or is not JSON: check it out again.");
  if (!present) return false;
  /** @type {(entry: [string, LockedPackage]) => boolean} */
  const isSame = ([name, { version, link, optional, devOptional }]) => {
    const there = present[name];
    // Packages for other platforms are in the lockfile of every platform.
    if (!there) return optional === true || devOptional === true;
    return there.version === version && there.link === link;
  };
  const named = Object.entries(wanted).filter(([name]) => name.includes("node_modules/"));
  const extra = Object.keys(present).filter((name) => !(name in wanted));
  return extra.length === 0 && named.every(isSame);
}

/** @type {(file: string) => LockedPackages | undefined} */
function readPackages(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8")).packages;
  } catch {
    return undefined;
  }
}

/** Its output goes to stderr: stdout belongs to the command that is being prepared. @type {import("node:child_process").StdioOptions} */
const TO_STDERR = ["ignore", 2, 2];

/** @type {(root: string) => Promise<void>} */
async function npmCi(root) {
  // Under `npm run` the npm that runs us is named in the environment, and is the one to use again.
  const script = process.env["npm_execpath"] ?? "";
  const isNpm = /npm-cli\.c?js$/.test(script);
  const [command, first] = isNpm ? [process.execPath, [script]] : ["npm", []];
  const code = await run(command, [...first, "ci", "--include=dev", "--no-audit", "--no-fund"], {
    cwd: root,
    stdio: TO_STDERR,
    shell: process.platform === "win32" && !isNpm, // npm is a .cmd file there
  }).catch((/** @type {Error} */ error) => {
    throw new Error(`npm cannot be started (${error.message}): install Node with npm, https://nodejs.org/en/download`);
  });
  if (code === 0) return;
  throw new Error(
    `npm ci failed (exit code ${code}, its message is above): check the network and npm's registry setting, then run this again.`,
  );
}

/**
 * Compiles what changed since the last time (`tsc -b`), and bundles the emulator's command and page.
 * @param {string} [root]
 * @returns {Promise<void>}
 */
async function ensureBuilt(root = ROOT) {
  await withLock(path.join(root, ".local", "build.lock"), say, async () => {
    const tsc = path.join(root, "node_modules", "typescript", "bin", "tsc");
    const code = await run(process.execPath, [tsc, "-b"], { cwd: root, stdio: TO_STDERR });
    if (code !== 0) throw new Error("The TypeScript sources do not compile (tsc -b, its messages are above).");
    ensureCommand(root);
    ensurePage(root);
  });
}

module.exports = { ensureInstalled, ensureBuilt };
