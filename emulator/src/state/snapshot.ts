import { InputError } from "../inputError";
import { isEntity } from "../model/entityType";
import type { Entity } from "../model/entityType";
import { isJsonObject } from "../model/json";
import type { World } from "../world/world";
import { collectionAt, entityFault } from "./entityCheck";

const FORMAT_VERSION = 1;

/** The whole state of one tenant. Restoring it anywhere gives the same entities under the same ids. */
export interface Snapshot {
  readonly formatVersion: typeof FORMAT_VERSION;
  readonly tenantId: string;
  /** By the collection's path, such as `deviceCompliancePolicies/{id}/deviceStatuses`, each in the order of creation. */
  readonly collections: Readonly<Record<string, readonly Entity[]>>;
}

export function toSnapshot(tenantId: string, world: World): Snapshot {
  const collections = Object.fromEntries(world.collections().map((path) => [path, world.list(path)]));
  return { formatVersion: FORMAT_VERSION, tenantId, collections };
}

/** @throws {InputError} naming what is wrong with the document. */
export function readSnapshot(value: unknown): Snapshot {
  if (!isJsonObject(value) || !isJsonObject(value["collections"]) || typeof value["tenantId"] !== "string") {
    throw new InputError("a snapshot must be an object with formatVersion, tenantId and collections");
  }
  const { formatVersion, tenantId } = value;
  if (formatVersion !== FORMAT_VERSION) {
    throw new InputError(`formatVersion must be ${FORMAT_VERSION}: the snapshot is of another version of the emulator`);
  }
  const collections = new Map<string, Entity[]>();
  for (const [path, entities] of Object.entries(value["collections"])) {
    collections.set(path, readCollection(path, entities));
  }
  for (const path of collections.keys()) assertContainer(path, collections);
  return { formatVersion, tenantId, collections: Object.fromEntries(collections) };
}

function readCollection(path: string, value: unknown): Entity[] {
  const collection = collectionAt(path);
  if (collection === undefined) throw new InputError(`collections: '${path}' is not the path of a collection`);
  if (!Array.isArray(value)) throw new InputError(`collections['${path}'] must be an array`);
  const ids = new Set<string>();
  return value.map((entity: unknown, index) => {
    const where = `collections['${path}'][${index}]`;
    if (!isEntity(entity)) throw new InputError(`${where} must be an object with an 'id', a string`);
    const fault = ids.has(entity.id)
      ? `there is an entity with id '${entity.id}' before it`
      : entityFault(collection, entity);
    if (fault !== undefined) throw new InputError(`${where}: ${fault}`);
    ids.add(entity.id);
    return entity;
  });
}

function assertContainer(path: string, collections: ReadonlyMap<string, readonly Entity[]>): void {
  const parts = path.split("/");
  if (parts.length < 3) return;
  const [id] = parts.slice(-2);
  const container = parts.slice(0, -2).join("/");
  if (collections.get(container)?.some((entity) => entity.id === id) === true) return;
  throw new InputError(`collections['${path}']: there is no entity '${id ?? ""}' in '${container}' that contains it`);
}

/** Makes the tenant hold what the snapshot holds and nothing else, all of it or, when it cannot be written, none. */
export function restoreSnapshot(world: World, { collections }: Snapshot): Promise<void> {
  return world.transact((staging) => {
    staging.deleteAll();
    for (const [path, entities] of Object.entries(collections)) {
      for (const entity of entities) staging.put(path, entity);
    }
  });
}
