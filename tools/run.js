"use strict";
const { spawn } = require("node:child_process");
const os = require("node:os");

/** @type {NodeJS.Signals[]} */
const FORWARDED = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Runs a command to its end with this process's own input and output, passing signals on.
 * @param {string} command
 * @param {string[]} args
 * @param {import("node:child_process").SpawnOptions} [options]
 * @returns {Promise<number>} its exit code; 128 plus the number of the signal that ended it, as shells count
 */
function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: "inherit", ...options });
    /** @type {(signal: NodeJS.Signals) => void} */
    const forward = (signal) => {
      // A terminal sends Ctrl-C to the child too, and many programs take a second one as "stop at once".
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    };
    for (const signal of FORWARDED) process.on(signal, forward);
    const settle = () => FORWARDED.forEach((signal) => process.off(signal, forward));
    child.once("error", (error) => {
      settle();
      reject(error);
    });
    child.once("close", (code, signal) => {
      settle();
      resolve(code ?? 128 + os.constants.signals[signal ?? "SIGKILL"]);
    });
  });
}

/**
 * The frame of every command in tools/: a failure that was foreseen is one line, not a stack.
 * @param {() => Promise<number>} main returns the exit code
 */
function runMain(main) {
  main().then(
    (code) => {
      process.exitCode = code;
    },
    (/** @type {unknown} */ error) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    },
  );
}

module.exports = { run, runMain };
