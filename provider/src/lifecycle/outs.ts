import type { Values } from "../model/body";
import type { EntityDescriptor } from "../model/entityDescriptor";
import type { WireEntity } from "../model/wireEntity";

/** Outputs kept in state: the parent keys and the properties as Graph answered them. Null is left out, as absent. */
export type Outs = Record<string, unknown>;

/** The only way from an answered entity to state. */
export function toOuts(descriptor: EntityDescriptor, parents: Values, entity: WireEntity): Outs {
  return pick(descriptor, { ...entity.properties, ...parentsOf(descriptor, parents) });
}

/** Outputs after an update that Graph answered without a body: what was there, overlaid by what was sent. */
export function mergedOuts(descriptor: EntityDescriptor, olds: Values, changed: readonly string[], news: Values): Outs {
  return pick(descriptor, { ...olds, ...Object.fromEntries(changed.map((name) => [name, news[name]])) });
}

/** The values of the parent keys in inputs or outputs. */
export function parentsOf(descriptor: EntityDescriptor, values: Values): Record<string, string> {
  return Object.fromEntries(descriptor.parentKeys.map((key) => [key, String(values[key])]));
}

function pick(descriptor: EntityDescriptor, values: Values): Outs {
  const names = [...descriptor.parentKeys, ...descriptor.properties.map(({ name }) => name)];
  const entries = names.map((name): [string, unknown] => [name, values[name]]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== null));
}
