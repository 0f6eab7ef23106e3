"use strict";
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { onEnd } = require("./onEnd.js");

const HEARTBEAT_MS = 5_000;
/** A holder that has not touched its lock for this long is gone, even if some process has its number now. */
const SILENCE_MS = 60_000;
const POLL_MS = 250;

/** @typedef {{ pid: number, host: string, token: string }} Holder */

/**
 * Runs `body` while no other process runs a body under the same lock file. The lock saves double work; it is not what
 * keeps results whole (that is an atomic rename), so a holder that was suspended for a minute may lose it.
 * @template T
 * @param {string} file
 * @param {(message: string) => void} say told once when another process has to be waited for
 * @param {() => Promise<T>} body
 * @returns {Promise<T>}
 */
async function withLock(file, say, body) {
  const token = `${process.pid}-${Math.random().toString(36).slice(2)}`;
  await acquire(file, token, say);
  const release = () => {
    if (readHolder(file)?.token === token) fs.rmSync(file, { force: true });
  };
  const forget = onEnd(release);
  const heartbeat = setInterval(() => touch(file), HEARTBEAT_MS);
  try {
    return await body();
  } finally {
    clearInterval(heartbeat);
    forget();
    release();
  }
}

/** @type {(file: string, token: string, say: (message: string) => void) => Promise<void>} */
async function acquire(file, token, say) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  for (let waits = false; !tryCreate(file, token);) {
    const holder = readHolder(file);
    if (isAbandoned(file, holder)) {
      removeAbandoned(file, holder, token);
      continue;
    }
    if (!waits && holder) {
      say(`waiting for process ${holder.pid}, which is at the same work`);
      waits = true;
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** @type {(file: string, token: string) => boolean} */
function tryCreate(file, token) {
  try {
    fs.writeFileSync(file, JSON.stringify({ pid: process.pid, host: os.hostname(), token }), { flag: "wx" });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** @type {(file: string) => Holder | undefined} */
function readHolder(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    return undefined; // gone, or created and not yet written: its age decides
  }
}

/** @type {(file: string, holder: Holder | undefined) => boolean} */
function isAbandoned(file, holder) {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  if (!stat) return false;
  if (Date.now() - stat.mtimeMs > SILENCE_MS) return true;
  // A home folder may be shared by machines and containers: a process number says something only on its own machine.
  return holder !== undefined && holder.host === os.hostname() && !isAlive(holder.pid);
}

/**
 * Moves the lock aside before deleting it: of several waiters only one succeeds, and one that came too late and moved a
 * successor's fresh lock puts it back.
 * @type {(file: string, holder: Holder | undefined, token: string) => void}
 */
function removeAbandoned(file, holder, token) {
  const aside = `${file}.${token}`;
  try {
    fs.renameSync(file, aside);
    if (readHolder(aside)?.token !== holder?.token) fs.linkSync(aside, file);
  } catch (error) {
    if (!["ENOENT", "EEXIST"].includes(codeOf(error) ?? "")) throw error;
  }
  fs.rmSync(aside, { force: true });
}

/** @type {(pid: number) => boolean} */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

/** @type {(file: string) => void} */
function touch(file) {
  try {
    const now = new Date();
    fs.utimesSync(file, now, now);
  } catch {
    // Somebody took the lock over while this process was suspended: nothing to keep alive.
  }
}

/** Not `instanceof`: a test runner's sandbox has an Error class of its own. @type {(error: unknown) => string | undefined} */
function codeOf(error) {
  const isCoded = typeof error === "object" && error !== null && "code" in error;
  return isCoded && typeof error.code === "string" ? error.code : undefined;
}

module.exports = { withLock, codeOf };
