"use strict";

/** @typedef {{ key: string, variables: readonly string[], meaning: string, secret?: true }} Setting */

const START = "<!-- settings: written by `npm run docs` -->";
const END = "<!-- /settings -->";

/**
 * The settings as a Markdown table, its columns padded as prettier pads them.
 * @param {readonly Setting[]} settings
 */
function renderSettings(settings) {
  const rows = settings.map(({ key, variables, meaning, secret }) => [
    `\`intune:${key}\``,
    variables.map((name) => `\`${name}\``).join(", "),
    secret ? `${meaning} (secret)` : meaning,
  ]);
  const table = [["key", "environment", "meaning"], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => (row[column] ?? "").length)));
  /** @type {(cells: string[], fill: string) => string} */
  const line = (cells, fill) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0, fill)).join(" | ")} |`;
  const [head = [], ...body] = table;
  return [line(head, " "), line(["", "", ""], "-"), ...body.map((row) => line(row, " "))].join("\n");
}

/**
 * The text with the table between its marks replaced.
 * @param {string} text
 * @param {readonly Setting[]} settings
 */
function withSettings(text, settings) {
  const [before, rest] = text.split(START);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`there are no marks ${START} and ${END}`);
  return `${before}${START}\n\n${renderSettings(settings)}\n\n${END}${after}`;
}

module.exports = { withSettings };
