"use strict";

/**
 * The three numbers in `v3.259.0`, `go1.26` or `3.260.0-dev`; a missing third number counts as 0.
 * @param {string} text
 * @returns {[number, number, number] | undefined}
 */
function parseVersion(text) {
  const match = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)] : undefined;
}

/**
 * Whether a version is the minimum or newer; text without a version is not. Pre-release marks are not compared.
 * @param {string} version
 * @param {string} minimum
 */
function isAtLeast(version, minimum) {
  const have = parseVersion(version);
  const need = parseVersion(minimum);
  if (!have || !need) return false;
  const [major, minor, patch] = have;
  if (major !== need[0]) return major > need[0];
  return minor !== need[1] ? minor > need[1] : patch >= need[2];
}

module.exports = { isAtLeast };
