/**
 * How messages speak of a value. Policies receive secrets in clear text and unmarked, so a text is shown only if it
 * resembles what the property is meant to hold; any other value is named by kind and length.
 */

/** A word, as enum members and option names are. */
export const WORD = /^[A-Za-z _-]{1,40}$/;

/** Digits and the separators of dates and times, with T and Z. */
export const DATE_TEXT = /^[\d\s:+\-./TZ]+$/i;

const MAX_SHOWN_CHARACTERS = 60;

/** `"noncompliant" (string)` for a text of the `shown` form, else the value's kind. Always a single short line. */
export function describe(value: unknown, shown: RegExp): string {
  if (typeof value !== "string") return kindOf(value);
  if (value.trim() === "" || !shown.test(value)) return kindOf(value);
  const line = value.replace(/\s+/g, " ");
  const cut = line.length > MAX_SHOWN_CHARACTERS ? `${line.slice(0, MAX_SHOWN_CHARACTERS - 1)}…` : line;
  return `"${cut}" (string)`;
}

/** A value's kind with its article, and the length of a text; never the value. */
export function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object") return "an object";
  if (typeof value !== "string") return `a ${typeof value}`;
  if (value === "") return "an empty string";
  if (value.trim() === "") return "a blank string";
  return value.length === 1 ? "a string of 1 character" : `a string of ${value.length} characters`;
}
