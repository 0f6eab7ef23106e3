import { isDeepStrictEqual } from "node:util";
import { assertWhole, only } from "../assertInput";
import { InputError } from "../inputError";
import { MAX_GLOB_LENGTH } from "../limits";
import { isJsonObject } from "../model/json";
import { matchesGlob } from "../world/glob";
import type { JournalEntry } from "../world/journalEntry";

/** Which requests are meant; what is left out matches all. */
export interface RequestMatch {
  readonly method?: string;
  /** A glob over the decoded path without query, as in a fault rule. */
  readonly path?: string;
  readonly status?: number | "dropped";
  /** JSON the request's body must hold: the named properties with these values, at any depth; arrays whole. */
  readonly body?: unknown;
  readonly clientRequestId?: string;
}

export interface RequestAssertion {
  readonly match: RequestMatch;
  /** How often; default at least once. */
  readonly times?: number | { readonly min?: number; readonly max?: number };
}

/** How many entries a failure lists. Assumption: more nobody reads at once. */
const MAX_NAMED_ENTRIES = 20;

/** @throws {InputError} naming the first thing that is wrong. */
export function readAssertion(value: unknown): RequestAssertion {
  const { match, times } = only("The assertion", value, ["match", "times"]);
  const read = only("match", match, ["method", "path", "status", "body", "clientRequestId"]);
  for (const name of ["method", "path", "clientRequestId"] as const) {
    const text = read[name];
    if (text !== undefined && (typeof text !== "string" || text.length > MAX_GLOB_LENGTH)) {
      throw new InputError(`match.${name} must be a string of at most ${MAX_GLOB_LENGTH} characters`);
    }
  }
  if (read["status"] !== undefined && read["status"] !== "dropped")
    assertWhole("match.status", read["status"], 100, 599);
  if (isJsonObject(times)) {
    const { min = 0, max = Number.MAX_SAFE_INTEGER } = only("times", times, ["min", "max"]);
    assertWhole("times.min", min, 0, Number.MAX_SAFE_INTEGER);
    assertWhole("times.max", max, min, Number.MAX_SAFE_INTEGER);
  } else if (times !== undefined) {
    assertWhole("times", times, 0, Number.MAX_SAFE_INTEGER);
  }
  return { match: read, ...(times === undefined ? {} : { times }) };
}

/** How many entries match, and when that is not what was asserted, a text that says so and what was seen. */
export function countMatches(
  entries: readonly JournalEntry[],
  { match, times = { min: 1 } }: RequestAssertion,
): { matched: number; failure: string | undefined } {
  const matched = entries.filter((entry) => matches(entry, match)).length;
  const { min = 0, max = Infinity } = typeof times === "number" ? { min: times, max: times } : times;
  if (matched >= min && matched <= max) return { matched, failure: undefined };
  const seen = entries.slice(-MAX_NAMED_ENTRIES).map(describe);
  const more = entries.length > seen.length ? ` (the last ${seen.length} of ${entries.length})` : "";
  const what = `expected ${inWords(min, max)} with ${JSON.stringify(match)}, saw ${matched}`;
  return { matched, failure: `${what}; the journal holds${more}: ${seen.join("; ") || "no request"}` };
}

function matches(entry: JournalEntry, { method, path, status, body, clientRequestId }: RequestMatch): boolean {
  return (
    (method === undefined || method.toUpperCase() === entry.method) &&
    (path === undefined || matchesGlob(path, entry.path)) &&
    (status === undefined || status === entry.status) &&
    (clientRequestId === undefined || clientRequestId === entry.clientRequestId) &&
    (body === undefined || holds(entry.requestBody, body))
  );
}

function holds(actual: unknown, expected: unknown): boolean {
  if (!isJsonObject(expected)) return isDeepStrictEqual(actual, expected);
  return (
    isJsonObject(actual) &&
    Object.entries(expected).every(([name, value]) => Object.hasOwn(actual, name) && holds(actual[name], value))
  );
}

function inWords(min: number, max: number): string {
  const requests = (count: number): string => `${count} request${count === 1 ? "" : "s"}`;
  if (min === max) return `exactly ${requests(min)}`;
  if (max === Infinity || max === Number.MAX_SAFE_INTEGER) return `at least ${requests(min)}`;
  return min === 0 ? `at most ${requests(max)}` : `${min} to ${requests(max)}`;
}

function describe({ index, method, path, query, status, fault }: JournalEntry): string {
  const address = query === "" ? path : `${path}?${query}`;
  return `#${index} ${method} ${address} ${status}${fault === undefined ? "" : ` (fault: ${fault})`}`;
}
