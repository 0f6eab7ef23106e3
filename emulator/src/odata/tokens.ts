import { badQuery } from "./badQuery";

/** One lexical part of a `$filter`. A string's value has its quotes taken off and its doubled ones halved. */
export interface Token {
  readonly kind: "name" | "string" | "number" | "dateTime" | "mark" | "end";
  readonly text: string;
  readonly position: number;
}

const KINDS = ["string", "dateTime", "number", "name", "mark"] as const;
/** OData ABNF 4.01: string, dateTimeOffsetValue, number, (qualified) identifier, and the three marks of lists and groups. */
const TOKEN =
  /\s*(?:'((?:[^']|'')*)'|(\d{4,}-\d\d-\d\dT[^\s(),']*)|(-?\d+(?:\.\d+)?)(?![\w.])|([A-Za-z_][\w./]*)|([(),]))/y;

/** @throws {GraphError} 400 at the first character that begins nothing. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) throw badQuery("$filter", `has a syntax error at position ${from}`);
    for (const [index, kind] of KINDS.entries()) {
      const found = match[index + 1];
      if (found === undefined) continue;
      tokens.push({ kind, text: kind === "string" ? found.replaceAll("''", "'") : found, position: from });
    }
  }
  tokens.push({ kind: "end", text: "", position: end });
  return tokens;
}
