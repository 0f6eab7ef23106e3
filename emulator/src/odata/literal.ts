import { parseDateTimeOffset } from "../model/dateTimeOffset";
import type { Comparable, Operand } from "./operand";
import type { Token } from "./tokens";

/**
 * The value a literal has beside the property it is compared with; undefined when it fits no value of that type. A member of an
 * enumeration is written `'error'` or `microsoft.graph.complianceStatus'error'`: OData ABNF 4.01, enum, and Graph's own examples.
 */
export function literalOf({ type }: Operand, { kind, text }: Token, quoted: Token | undefined): Comparable | undefined {
  if (kind === "name" && text === "null" && quoted === undefined) return null;
  if (typeof type === "object") {
    const member = quoted?.text ?? (kind === "string" ? text : undefined);
    const isOfType = quoted === undefined || text === `microsoft.graph.${type.enum}`;
    const place = member === undefined ? -1 : type.members.indexOf(member);
    return isOfType && place >= 0 ? place : undefined;
  }
  if (quoted !== undefined) return undefined;
  switch (type) {
    case "Edm.DateTimeOffset":
      return kind === "dateTime" ? parseDateTimeOffset(text) : undefined;
    case "Edm.Int32":
      return kind === "number" ? Number(text) : undefined;
    case "Edm.String":
      return kind === "string" ? text : undefined;
    case "Edm.Boolean":
      return kind === "name" ? BOOLEANS.get(text) : undefined;
  }
}

const BOOLEANS = new Map([
  ["true", true],
  ["false", false],
]);
