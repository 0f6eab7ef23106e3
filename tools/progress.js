"use strict";

const PLAIN_INTERVAL_MS = 10_000;

/**
 * Progress on stderr: one line that rewrites itself on a terminal, plain lines every ten seconds elsewhere.
 * @typedef {object} Progress
 * @property {(text: string) => void} line a line that stays
 * @property {(text: string) => void} status what is going on now; may be called as often as one likes
 *
 * @param {{ isTTY?: boolean, write(text: string): unknown }} stream
 * @param {{ now?: () => number, isCi?: boolean }} [options]
 * @returns {Progress}
 */
function createProgress(stream, { now = Date.now, isCi = Boolean(process.env["CI"]) } = {}) {
  const rewrites = stream.isTTY === true && !isCi;
  let lastPlain = now();
  let rewritten = false;
  return {
    line(text) {
      stream.write(`${rewritten ? "\r\x1b[K" : ""}${text}\n`);
      rewritten = false;
    },
    status(text) {
      if (rewrites) {
        stream.write(`\r\x1b[K${text}`);
        rewritten = true;
      } else if (now() - lastPlain >= PLAIN_INTERVAL_MS) {
        lastPlain = now();
        stream.write(`${text}\n`);
      }
    },
  };
}

module.exports = { createProgress };
