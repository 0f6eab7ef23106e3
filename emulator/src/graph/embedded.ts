import { isEntity } from "../model/entityType";
import type { Entity } from "../model/entityType";

/** The way from an entity to a collection kept within it: a navigation property, and the key of the next entity on the way. */
export interface Step {
  readonly name: string;
  /** Absent on the last step. */
  readonly id?: string;
}

/** The entities kept under a navigation property. */
export function embeddedIn(entity: Entity, name: string): readonly Entity[] {
  const items = entity[name];
  return Array.isArray(items) ? items.filter(isEntity) : [];
}

/** The collection at the end of the way; undefined when an entity on the way is not there. */
export function findEmbedded(entity: Entity, [step, ...rest]: readonly Step[]): readonly Entity[] | undefined {
  if (step === undefined) return undefined;
  const items = embeddedIn(entity, step.name);
  if (rest.length === 0) return items;
  const next = items.find(({ id }) => id === step.id);
  return next === undefined ? undefined : findEmbedded(next, rest);
}

/** The entity with another collection at the end of the way. */
export function withEmbedded(
  entity: Entity,
  [step, ...rest]: readonly Step[],
  change: (items: readonly Entity[]) => readonly Entity[],
): Entity {
  if (step === undefined) return entity;
  const items = embeddedIn(entity, step.name);
  const changed =
    rest.length === 0
      ? change(items)
      : items.map((item) => (item.id === step.id ? withEmbedded(item, rest, change) : item));
  return { ...entity, [step.name]: [...changed] };
}
