import type { EntitySet, SequencedEntity } from "./entitySet";

/** A collection's address: names and keys joined by "/", such as `deviceCompliancePolicies/{id}/deviceStatuses`. */
export type CollectionPath = string;

export interface Change {
  readonly kind: "put" | "delete";
  readonly collection: CollectionPath;
  readonly item: SequencedEntity;
}

/** Changes decided and not yet written. Each decision sees those before it. */
export class Staging {
  readonly changes: Change[] = [];
  private readonly decided = new Map<string, SequencedEntity | undefined>();

  constructor(private readonly sets: ReadonlyMap<CollectionPath, EntitySet>) {}

  find(collection: CollectionPath, id: string): SequencedEntity | undefined {
    const key = `${collection}/${id}`;
    return this.decided.has(key) ? this.decided.get(key) : this.sets.get(collection)?.get(id);
  }

  put(collection: CollectionPath, item: SequencedEntity): void {
    this.decided.set(`${collection}/${item.entity.id}`, item);
    this.changes.push({ kind: "put", collection, item });
  }

  /** With all that it contains. Deleting what another decision has deleted already does no harm. */
  delete(collection: CollectionPath, item: SequencedEntity): void {
    const inside = `${collection}/${item.entity.id}/`;
    const staged = this.changes.filter((change) => change.kind === "put" && change.collection.startsWith(inside));
    for (const change of staged) this.deleteOne(change.collection, change.item);
    for (const [path, set] of this.sets) {
      // Backwards, since an array gives up its last element fastest.
      if (path.startsWith(inside)) for (const row of set.all().toReversed()) this.deleteOne(path, row);
    }
    this.deleteOne(collection, item);
  }

  private deleteOne(collection: CollectionPath, item: SequencedEntity): void {
    this.decided.set(`${collection}/${item.entity.id}`, undefined);
    this.changes.push({ kind: "delete", collection, item });
  }
}
