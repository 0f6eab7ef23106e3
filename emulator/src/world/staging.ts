import type { Entity } from "../model/entityType";
import type { EntitySet, SequencedEntity } from "./entitySet";

/** A collection's address: names and keys joined by "/", such as `deviceCompliancePolicies/{id}/deviceStatuses`. */
export type CollectionPath = string;

export interface Change {
  readonly kind: "put" | "delete";
  readonly collection: CollectionPath;
  readonly item: SequencedEntity;
}

interface Decided {
  readonly collection: CollectionPath;
  /** Undefined: deleted. */
  readonly item: SequencedEntity | undefined;
}

/** What the first `length` changes come to. */
interface Index {
  length: number;
  readonly decided: Map<string, Decided>;
  readonly collectionsPutInto: Set<CollectionPath>;
}

/** Changes decided and not yet written. Each decision sees those before it. */
export class Staging {
  readonly changes: Change[] = [];
  private index: Index | undefined;

  constructor(
    private readonly sets: ReadonlyMap<CollectionPath, EntitySet>,
    private readonly nextSequence: () => number,
  ) {}

  find(collection: CollectionPath, id: string): SequencedEntity | undefined {
    const decided = this.changes.length === 0 ? undefined : this.indexed().decided.get(`${collection}/${id}`);
    return decided === undefined ? this.sets.get(collection)?.get(id) : decided.item;
  }

  /** Every entity there is, with its collection. */
  *all(): Generator<readonly [CollectionPath, Entity]> {
    const { decided } = this.indexed();
    for (const [collection, set] of this.sets) {
      for (const { entity } of set.all()) {
        if (!decided.has(`${collection}/${entity.id}`)) yield [collection, entity];
      }
    }
    for (const { collection, item } of [...decided.values()]) {
      if (item !== undefined) yield [collection, item.entity];
    }
  }

  /** Whether the entity that contains the collection is there; a collection of the first level has none and needs none. */
  hasContainer(collection: CollectionPath): boolean {
    const idEnd = collection.lastIndexOf("/");
    if (idEnd < 0) return true;
    const containerEnd = collection.lastIndexOf("/", idEnd - 1);
    return this.find(collection.slice(0, containerEnd), collection.slice(containerEnd + 1, idEnd)) !== undefined;
  }

  /** Adds it, or replaces the entity of the same id at its place. */
  put(collection: CollectionPath, entity: Entity): void {
    const sequence = this.find(collection, entity.id)?.sequence ?? this.nextSequence();
    this.changes.push({ kind: "put", collection, item: { sequence, entity } });
  }

  /** With all that it contains. Deleting what another decision has deleted already does no harm. */
  delete(collection: CollectionPath, item: SequencedEntity): void {
    const inside = `${collection}/${item.entity.id}/`;
    this.deleteWhere((path) => path.startsWith(inside));
    this.deleteOne(collection, item);
  }

  deleteAll(): void {
    this.deleteWhere(() => true);
  }

  /** Takes back all but the first changes. */
  dropSince(length: number): void {
    if (this.changes.length === length) return;
    this.changes.length = length;
    this.index = undefined;
  }

  private deleteWhere(matches: (collection: CollectionPath) => boolean): void {
    // Collections are few and changes are many: a group may be the deletion of a hundred thousand rows, one by one.
    if ([...this.indexed().collectionsPutInto].some(matches)) {
      const staged = this.changes.filter((change) => change.kind === "put" && matches(change.collection));
      for (const change of staged) this.deleteOne(change.collection, change.item);
    }
    for (const [path, set] of this.sets) {
      // Backwards, since an array gives up its last element fastest.
      if (matches(path)) for (const row of [...set.all()].reverse()) this.deleteOne(path, row);
    }
  }

  private deleteOne(collection: CollectionPath, item: SequencedEntity): void {
    this.changes.push({ kind: "delete", collection, item });
  }

  /** Brought up to date when somebody looks: a group of one change, as most are, needs none. */
  private indexed(): Index {
    this.index ??= { length: 0, decided: new Map(), collectionsPutInto: new Set() };
    const { index } = this;
    for (const { kind, collection, item } of this.changes.slice(index.length)) {
      const isPut = kind === "put";
      index.decided.set(`${collection}/${item.entity.id}`, { collection, item: isPut ? item : undefined });
      if (isPut) index.collectionsPutInto.add(collection);
    }
    index.length = this.changes.length;
    return index;
  }
}
