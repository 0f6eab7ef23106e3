"use strict";

/** @type {NodeJS.Signals[]} */
const ENDING_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Newest last: work that was started later is undone first. @type {(() => void)[]} */
const cleanUps = [];

/**
 * Runs `cleanUp` if this process is told to end, or exits, before the returned function is called. A signal is raised
 * again afterwards, so that whoever started the process sees it end by that signal.
 * @param {() => void} cleanUp must be synchronous: nothing asynchronous runs after it
 * @returns {() => void} to be called when there is nothing left to clean up
 */
function onEnd(cleanUp) {
  if (cleanUps.length === 0) listen("on");
  cleanUps.push(cleanUp);
  return () => {
    const index = cleanUps.indexOf(cleanUp);
    if (index >= 0) cleanUps.splice(index, 1);
    if (cleanUps.length === 0) listen("off");
  };
}

/** @type {(onOrOff: "on" | "off") => void} */
function listen(onOrOff) {
  process[onOrOff]("exit", runAll);
  for (const signal of ENDING_SIGNALS) process[onOrOff](signal, onSignal);
}

/** @type {(signal: NodeJS.Signals) => void} */
function onSignal(signal) {
  runAll();
  listen("off");
  process.kill(process.pid, signal);
}

function runAll() {
  for (const cleanUp of cleanUps.splice(0).reverse()) {
    try {
      cleanUp();
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
}

module.exports = { onEnd };
