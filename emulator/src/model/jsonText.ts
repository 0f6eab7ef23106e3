import { MAX_JSON_DEPTH } from "../limits";

/** JSON in UTF-8 (RFC 8259); undefined when the bytes are none, or are nested deeper than anything here is. */
export function parseJson(bytes: Buffer): unknown {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return isDeeperThan(value, MAX_JSON_DEPTH) ? undefined : value;
  } catch {
    return undefined;
  }
}

/** JSON.parse takes any depth and JSON.stringify does not: what cannot be written again must not get in. */
function isDeeperThan(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return depth === 0 || Object.values(value).some((inner) => isDeeperThan(inner, depth - 1));
}
