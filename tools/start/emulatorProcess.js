"use strict";
const { spawn } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const readline = require("node:readline");
const { onEnd } = require("../onEnd.js");

const READY_TIMEOUT_MS = 15_000;
const STOP_TIMEOUT_MS = 5_000;

/**
 * The ready line of the emulator.
 * @typedef {{ graphEndpoint: string, authority: string, pid: number, tenantId: string, clientId: string, clientSecret: string }} Ready
 */

/**
 * Starts the emulator on a folder of its own state and waits for its ready line.
 * @param {{ root: string, data: string }} options
 * @returns {Promise<{ ready: Ready, stop(): Promise<void> }>}
 * @throws {Error} with the emulator's own message if it does not start
 */
async function startEmulatorProcess({ root, data }) {
  fs.mkdirSync(data, { recursive: true });
  const bin = path.join(root, "emulator", "dist", "intune-emulator.js");
  const child = spawn(process.execPath, [bin, "--data", data], { stdio: ["ignore", "pipe", "pipe"] });
  const done = onEnd(() => child.kill("SIGKILL"));
  let stderr = "";
  child.stderr.on("data", (/** @type {Buffer} */ text) => (stderr += text.toString()));
  /** @type {Promise<number | null>} */
  const exited = new Promise((resolve) => child.once("exit", resolve));
  /** @type {Promise<string | undefined>} */
  const line = new Promise((resolve) => readline.createInterface(child.stdout).once("line", resolve));
  const timeout = new Promise((resolve) => setTimeout(resolve, READY_TIMEOUT_MS).unref());
  const first = await Promise.race([line, exited.then(() => undefined), timeout.then(() => undefined)]);
  if (typeof first !== "string") {
    child.kill("SIGKILL");
    done();
    throw new Error(`The emulator did not start: ${stderr.trim() || "it printed no ready line"}`);
  }
  return {
    ready: JSON.parse(first),
    async stop() {
      const patience = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
      child.kill("SIGTERM");
      await exited;
      clearTimeout(patience);
      done();
    },
  };
}

module.exports = { startEmulatorProcess };
