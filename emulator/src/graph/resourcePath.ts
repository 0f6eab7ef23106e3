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
  const segments = path.split("/").filter((text) => text !== "");
  return segments.flatMap((encoded) => {
    const text = decode(encoded);
    const match = QUOTED_KEY.exec(text);
    if (match?.[1] === undefined || match[2] === undefined) return [{ text, isKey: false }];
    return [
      { text: match[1], isKey: false },
      { text: match[2].replaceAll("''", "'"), isKey: true },
    ];
  });
}

function decode(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw new GraphError(400, "BadRequest", `Path segment '${encoded}' is not valid percent-encoding.`, "graph");
  }
}

/** The keys when the segments fit the template; a `{name}` stands for one key. */
export function matchTemplate(template: string, segments: readonly Segment[]): Record<string, string> | undefined {
  const parts = template.split("/");
  if (parts.length !== segments.length) return undefined;
  const keys: [string, string][] = [];
  for (const [index, part] of parts.entries()) {
    const segment = segments[index];
    if (segment === undefined) return undefined;
    if (!part.startsWith("{")) {
      if (segment.isKey || segment.text !== part) return undefined;
    } else {
      // `$count` and its like are system resources, never keys: OData URL conventions 4.0 section 4.
      if (!segment.isKey && segment.text.startsWith("$")) return undefined;
      keys.push([part.slice(1, -1), segment.text]);
    }
  }
  return Object.fromEntries(keys);
}

/** The path as Graph passes it on: keys in parentheses, as every captured error text shows it (microsoft-graph-docs pull request #21172). */
export function canonicalPath(template: string, keys: Readonly<Record<string, string>>): string {
  return template.replace(/\/\{(\w+)\}/g, (_, name: string) => `('${(keys[name] ?? "").replaceAll("'", "''")}')`);
}
