"use strict";

/**
 * What no file of the repository may say: it would hold on one machine only, or send a reader's install somewhere.
 * @type {{ pattern: RegExp, why: string }[]}
 */
const FORBIDDEN = [
  { pattern: /(?:^|[\s"'`=:(,<])\/(?:work|root|home\/\w+|Users\/\w+)\//, why: "a path of one machine" },
  { pattern: /"resolved":\s*"https?:/, why: "a registry address in a lockfile" },
  {
    pattern:
      /\b(?:registry\.(?:npmjs|yarnpkg)|npmm[i]rror|(?:proxy|sum)\.golang|j[f]rog|verd[a]ccio)\b|\/artifactory\//,
    why: "the name of a package registry or proxy",
  },
];

/**
 * @param {string} text
 * @returns {{ line: number, why: string }[]} lines count from 1
 */
function findForbidden(text) {
  return text.split("\n").flatMap((content, index) => {
    const hit = FORBIDDEN.find(({ pattern }) => pattern.test(content));
    return hit ? [{ line: index + 1, why: hit.why }] : [];
  });
}

module.exports = { findForbidden };
