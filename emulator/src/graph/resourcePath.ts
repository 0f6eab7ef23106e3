import { GraphError } from "./graphError";

export interface Segment {
  readonly text: string;
  /** Written in parentheses, so it can be nothing but a key. */
  readonly isKey: boolean;
}

const QUOTED_KEY = /^([^('"]+)\('(.*)'\)$/s;

/**
 * The segments of a resource path, decoded. `name('key')` and `name/key` come out the same: OData URL conventions 4.0 section 4.3.1 and
 * 4.01 section 4.3.6 (key as segment); a quote within a key is doubled.
 */
export function parseResourcePath(path: string): Segment[] {
  const segments: Segment[] = [];
  for (const encoded of path.split("/")) {
    if (encoded === "") continue;
    const text = encoded.includes("%") ? decode(encoded) : encoded;
    const match = text.endsWith("')") ? QUOTED_KEY.exec(text) : null;
    if (match?.[1] === undefined || match[2] === undefined) {
      segments.push({ text, isKey: false });
    } else {
      segments.push({ text: match[1], isKey: false }, { text: match[2].replaceAll("''", "'"), isKey: true });
    }
  }
  return segments;
}

function decode(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw new GraphError(400, "BadRequest", `Path segment '${encoded}' is not valid percent-encoding.`, "graph");
  }
}

/** The path as Graph passes it on: keys in parentheses, as every captured error text shows it (microsoft-graph-docs pull request #21172). */
export function canonicalPath(template: string, keys: Readonly<Record<string, string>>): string {
  const parts = templateParts.get(template) ?? template.split(/\/\{(\w+)\}/);
  templateParts.set(template, parts);
  let path = "";
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index] ?? "";
    path += index % 2 === 0 ? part : `('${(keys[part] ?? "").replaceAll("'", "''")}')`;
  }
  return path;
}

/** Names at even places, keys at odd ones; as many as there are routes. */
const templateParts = new Map<string, readonly string[]>();
