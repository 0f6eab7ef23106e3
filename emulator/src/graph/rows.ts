import { pathOf } from "../model/collections";
import type { Collection } from "../model/collections";
import type { Entity } from "../model/entityType";
import type { RowSource } from "../odata/page";
import type { World } from "../world/world";
import { assertOneBlockAction } from "./blockAction";
import { findEmbedded, withEmbedded } from "./embedded";
import type { Step } from "./embedded";
import { badRequest, resourceNotFound } from "./graphError";
import { keyOf } from "./graphRequest";
import type { GraphRequest } from "./graphRequest";

/** The entities of one collection, wherever they are kept. Changes resolve with undefined or false when the entity is not there. */
export interface Rows {
  /** To be read at once. */
  list(): RowSource;
  find(id: string): Entity | undefined;
  insert(entity: Entity): Promise<boolean> | boolean;
  edit(id: string, change: (current: Entity) => Omit<Entity, "id">): Promise<Entity | undefined>;
  delete(id: string): Promise<boolean>;
}

/** @throws {GraphError} 404 when an entity that contains the collection is not there. */
export function rowsOf(collection: Collection, request: GraphRequest): Rows {
  const { container } = collection;
  if (collection.isEmbedded === true && container !== undefined) return embeddedRows(collection, request);
  const containerId = container === undefined ? "" : keyOf(request, container.key);
  if (container !== undefined && request.world.find(container.name, containerId) === undefined) {
    throw notFound(container, request);
  }
  return storedRows(request.world, pathOf(collection, containerId));
}

export function storedRows(world: World, path: string): Rows {
  return new StoredRows(world, path);
}

class StoredRows implements Rows {
  constructor(
    private readonly world: World,
    private readonly path: string,
  ) {}

  list(): RowSource {
    return this.world.entitySet(this.path) ?? NO_ROWS;
  }

  find(id: string): Entity | undefined {
    return this.world.find(this.path, id);
  }

  insert(entity: Entity): Promise<boolean> | boolean {
    return this.world.put(this.path, entity);
  }

  edit(id: string, change: (current: Entity) => Omit<Entity, "id">): Promise<Entity | undefined> {
    return this.world.edit(this.path, id, change);
  }

  delete(id: string): Promise<boolean> {
    return this.world.delete(this.path, id);
  }
}

export function notFound(collection: Collection, request: GraphRequest): Error {
  return resourceNotFound(`There is no ${collection.name}('${keyOf(request, collection.key)}').`);
}

/** Every change is one of the outermost entity, so that it is written at once and what must hold for the whole is checked with it. */
function embeddedRows(collection: Collection, request: GraphRequest): Rows {
  const { root, steps } = wayTo(collection, request);
  const rootId = keyOf(request, root.key);
  const items = (): readonly Entity[] => {
    const entity = request.world.find(root.name, rootId);
    if (entity === undefined) throw notFound(root, request);
    const found = findEmbedded(entity, steps);
    if (found === undefined) throw notFound(collection.container ?? root, request);
    return found;
  };
  items();
  const change = async (edit: (items: readonly Entity[]) => readonly Entity[]): Promise<boolean> => {
    const changed = await request.world.edit(root.name, rootId, (entity) => {
      const whole = withEmbedded(entity, steps, edit);
      assertOneBlockAction(whole);
      return whole;
    });
    return changed !== undefined;
  };
  return {
    list: () => sourceOf(items()),
    find: (id) => items().find((item) => item.id === id),
    insert: (entity) =>
      change((current) => {
        if (current.some(({ id }) => id === entity.id)) {
          throw badRequest(`There is a ${collection.type.name} '${entity.id}' already.`);
        }
        return [...current, entity];
      }),
    edit: async (id, changeOf) => {
      let edited: Entity | undefined;
      await change((current) =>
        current.map((item) => (item.id === id ? (edited = { ...item, ...changeOf(item), id }) : item)),
      );
      return edited;
    },
    delete: async (id) => {
      let isThere = false;
      await change((current) => {
        isThere = current.some((item) => item.id === id);
        return current.filter((item) => item.id !== id);
      });
      return isThere;
    },
  };
}

/** The outermost entity set, and the way from one of its entities to the collection. */
function wayTo(collection: Collection, request: GraphRequest): { root: Collection; steps: Step[] } {
  const steps: Step[] = [{ name: collection.name }];
  let root = collection.container ?? collection;
  while (root.isEmbedded === true && root.container !== undefined) {
    steps.unshift({ name: root.name, id: keyOf(request, root.key) });
    root = root.container;
  }
  return { root, steps };
}

/** Numbered by their place. */
function sourceOf(items: readonly Entity[]): RowSource {
  const numbered = items.map((entity, index) => ({ sequence: index + 1, entity }));
  return { size: items.length, after: (sequence) => numbered.slice(sequence) };
}

const NO_ROWS = sourceOf([]);
