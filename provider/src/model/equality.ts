import { parseDateTimeOffset, sameInstant } from "./dateTimeOffset";
import type { EntityDescriptor, PropertyDescriptor } from "./entityDescriptor";

/**
 * True if two values of a property mean the same to Graph: instants at 100 ns whatever their spelling; null and absent
 * alike, since Graph answers null for what was never set.
 */
export function sameValue(property: PropertyDescriptor, a: unknown, b: unknown): boolean {
  const [left, right] = [a ?? null, b ?? null];
  if (property.edmType === "Edm.DateTimeOffset" && typeof left === "string" && typeof right === "string") {
    return sameInstant(left, right);
  }
  return left === right;
}

/** True if two bags of values mean the same in every property of the entity. */
export function equalEntity(
  descriptor: EntityDescriptor,
  a: Readonly<Record<string, unknown>>,
  b: Readonly<Record<string, unknown>>,
): boolean {
  return descriptor.properties.every((property) => sameValue(property, a[property.name], b[property.name]));
}

/** A text that is the same for two bags of values exactly if {@link equalEntity} says that they mean the same. */
export function entityKey(descriptor: EntityDescriptor, values: Readonly<Record<string, unknown>>): string {
  const parts = descriptor.properties.map(({ name, edmType }) => {
    const value = values[name] ?? null;
    if (edmType !== "Edm.DateTimeOffset" || typeof value !== "string") return value;
    const instant = parseDateTimeOffset(value);
    return "ticks" in instant ? [String(instant.ticks)] : value;
  });
  return JSON.stringify(parts);
}
