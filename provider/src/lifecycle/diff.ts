import { changedProperties, type Values } from "../model/body";
import type { EntityDescriptor } from "../model/entityDescriptor";
import { holdsUnknown } from "../model/unknownValue";

export interface Diff {
  readonly changes: boolean;
  readonly replaces: string[];
}

/**
 * What an update would change, by meaning. `olds` are outputs, `news` inputs; during a refresh the engine asks with the
 * fresh outputs as `olds` and the old inputs as `news`, which is the same question.
 * A value still unknown counts as a change, and as a replacement where a change of it would be one.
 */
export function diff(descriptor: EntityDescriptor, olds: Values, news: Values): Diff {
  const replaces = descriptor.parentKeys.filter((key) => holdsUnknown(news[key]) || olds[key] !== news[key]);
  const changed = changedProperties(descriptor, olds, news);
  return { changes: replaces.length > 0 || changed.length > 0, replaces: [...replaces] };
}
