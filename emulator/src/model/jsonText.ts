import { isUtf8 } from "node:buffer";
import { MAX_JSON_DEPTH } from "../limits";

/** JSON in UTF-8 (RFC 8259); undefined when the bytes are none, or are nested deeper than anything here is. */
export function parseJson(bytes: Buffer): unknown {
  try {
    if (!isUtf8(bytes)) return undefined;
    const value: unknown = JSON.parse(bytes.toString("utf8", hasByteOrderMark(bytes) ? 3 : 0));
    return isDeeperThan(value, MAX_JSON_DEPTH) ? undefined : value;
  } catch {
    return undefined;
  }
}

/** A reader may ignore it (RFC 8259 section 8.1). */
function hasByteOrderMark(bytes: Buffer): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

/** JSON.parse takes any depth and JSON.stringify does not: what cannot be written again must not get in. */
function isDeeperThan(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (depth === 0) return true;
  const inner = value as Record<string, unknown>;
  for (const name in inner) if (isDeeperThan(inner[name], depth - 1)) return true;
  return false;
}
