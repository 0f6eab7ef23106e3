import type { Entity, EntityType, Version } from "../model/entityType";
import { badQuery } from "./badQuery";
import { compare, operandOf } from "./operand";

const ITEM = /^\s*([A-Za-z_]\w*)(?:\s+(asc|desc))?\s*$/;

/** The order a `$orderby` asks for. @throws {GraphError} 400 for a key that is no property, or is none at all */
export function parseOrderBy(text: string, type: EntityType, version: Version): (one: Entity, other: Entity) => number {
  const keys = text.split(",").map((item) => {
    const [, name, direction] = ITEM.exec(item) ?? [];
    if (name === undefined) throw badQuery("$orderby", `has '${item.trim()}', which is no property with asc or desc`);
    return { operand: operandOf("$orderby", name, type, version), sign: direction === "desc" ? -1 : 1 };
  });
  return (one, other) => {
    for (const { operand, sign } of keys) {
      const order = compare(operand.read(one), operand.read(other));
      if (order !== 0) return order * sign;
    }
    return 0;
  };
}
