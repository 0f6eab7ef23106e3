import { MAX_JSON_DEPTH } from "../limits";

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** JSON in UTF-8 (RFC 8259); undefined when the bytes are none, or are nested deeper than anything here is. */
export function parseJson(bytes: Buffer): unknown {
  try {
    const value: unknown = JSON.parse(utf8.decode(bytes));
    return isDeeperThan(value, MAX_JSON_DEPTH) ? undefined : value;
  } catch {
    return undefined;
  }
}

/** JSON.parse takes any depth and JSON.stringify does not: what cannot be written again must not get in. */
function isDeeperThan(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (depth === 0) return true;
  const inner = value as Record<string, unknown>;
  for (const name in inner) if (isDeeperThan(inner[name], depth - 1)) return true;
  return false;
}
