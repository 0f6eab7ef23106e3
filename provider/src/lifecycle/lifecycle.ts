import { changedProperties, type Values } from "../model/body";
import type { EntityDescriptor } from "../model/entityDescriptor";
import type { WireEntity } from "../model/wireEntity";
import { mergedOuts, type Outs, parentsOf, toOuts } from "./outs";

/** The operations of an entity set that a lifecycle needs. */
export interface Entities {
  create(parents: Record<string, string>, inputs: Values): Promise<WireEntity>;
  find(parents: Record<string, string>, id: string): Promise<WireEntity | undefined>;
  update(
    parents: Record<string, string>,
    id: string,
    changed: readonly string[],
    news: Values,
  ): Promise<WireEntity | undefined>;
  delete(parents: Record<string, string>, id: string): Promise<void>;
}

export interface Created {
  readonly id: string;
  readonly outs: Outs;
}

/** Create, read, update and delete of one resource over an entity set. State is what Graph answered. */
export interface Lifecycle {
  create(inputs: Values): Promise<Created>;
  /** `undefined`: the row is certainly gone. */
  read(id: string, olds: Values): Promise<Outs | undefined>;
  update(id: string, olds: Values, news: Values): Promise<Outs>;
  delete(id: string, olds: Values): Promise<void>;
}

export function lifecycleOf(descriptor: EntityDescriptor, entities: Entities): Lifecycle {
  const observe = async (id: string, values: Values): Promise<Outs | undefined> => {
    const entity = await entities.find(parentsOf(descriptor, values), id);
    return entity === undefined ? undefined : toOuts(descriptor, values, entity);
  };
  return {
    async create(inputs) {
      const entity = await entities.create(parentsOf(descriptor, inputs), inputs);
      return { id: entity.id, outs: toOuts(descriptor, inputs, entity) };
    },
    read: observe,
    async update(id, olds, news) {
      const changed = changedProperties(descriptor, olds, news);
      if (changed.length > 0) {
        const entity = await entities.update(parentsOf(descriptor, olds), id, changed, news);
        return entity === undefined ? mergedOuts(descriptor, olds, changed, news) : toOuts(descriptor, olds, entity);
      }
      // Nothing differs: the engine asks because the row was recorded as only partially created. Complete the record.
      const outs = await observe(id, olds);
      if (outs === undefined)
        throw new Error(
          `update ${descriptor.resource}: row ${id} no longer exists; run pulumi refresh, then pulumi up to create it again`,
        );
      return outs;
    },
    async delete(id, olds) {
      await entities.delete(parentsOf(descriptor, olds), id);
    },
  };
}
