"use strict";

const MAX_LINE_WIDTH = 120;

/**
 * JSON with one fact a line: what fits on a line stands on one, so that a diff of the facts reads like a list.
 * @param {unknown} value
 * @returns {string}
 */
function factText(value) {
  return `${lines(value, "")}\n`;
}

/** @type {(value: unknown, indent: string) => string} */
function lines(value, indent) {
  const line = oneLine(value);
  if (typeof value !== "object" || value === null || (indent !== "" && indent.length + line.length <= MAX_LINE_WIDTH)) {
    return line;
  }
  const inner = `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((item) => lines(item, inner))
    : Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}: ${lines(item, inner)}`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return `${open}\n${parts.map((part) => inner + part).join(",\n")}\n${indent}${close}`;
}

/** @type {(value: unknown) => string} */
function oneLine(value) {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const parts = Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}: ${oneLine(item)}`);
  return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}

module.exports = { factText };
