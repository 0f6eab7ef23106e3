import type { Entity } from "../model/entityType";
import { EntitySet } from "./entitySet";
import type { SequencedEntity } from "./entitySet";
import { Staging } from "./staging";
import type { Change, CollectionPath } from "./staging";

/** Where changes go before they count. `write` takes all or nothing and resolves once it would survive the end of the process. */
export interface Storage {
  write(changes: readonly Change[]): Promise<void>;
}

/** What one reader does not see yet. Asking may count as a read. */
export interface Lens {
  hides(collection: CollectionPath, id: string): boolean;
  /** Ids of the collection that are hidden; undefined when there are none. */
  hiddenIn(collection: CollectionPath): ReadonlySet<string> | undefined;
}

export interface StoredEntity {
  readonly collection: CollectionPath;
  readonly item: SequencedEntity;
}

interface Waiting {
  /** Decides, and returns how to tell the outcome. */
  readonly decide: (staging: Staging) => () => void;
  readonly reject: (reason: unknown) => void;
}

const READ_ONLY: Storage = { write: () => Promise.reject(new Error("a view of the tenant cannot be changed")) };

/**
 * What the emulated tenant holds; knows nothing of HTTP. Memory is what is read. Changes are decided one after the other, so no update
 * is lost to another; what was decided while storage was busy is written together, and only then put into memory: a write that fails
 * has changed nothing.
 */
export class World {
  private nextSequence = 1;
  private waiting: Waiting[] = [];
  private isWorking = false;

  constructor(
    private readonly storage: Storage | undefined,
    stored: Iterable<StoredEntity>,
    private readonly sets = new Map<CollectionPath, EntitySet>(),
    private readonly lens?: Lens,
  ) {
    for (const { collection, item } of stored) {
      this.apply({ kind: "put", collection, item });
      this.nextSequence = Math.max(this.nextSequence, item.sequence + 1);
    }
  }

  /** The same entities for one reader, to whom some have not appeared yet. Refuses to be changed. */
  seenThrough(lens: Lens): World {
    return new World(READ_ONLY, [], this.sets, lens);
  }

  find(collection: CollectionPath, id: string): Entity | undefined {
    if (this.lens?.hides(collection, id) === true) return undefined;
    return this.sets.get(collection)?.get(id)?.entity;
  }

  /** The collection itself, not to be changed; undefined while it is empty. */
  entitySet(collection: CollectionPath): EntitySet | undefined {
    const set = this.sets.get(collection);
    const hidden = this.lens?.hiddenIn(collection);
    if (set === undefined || hidden === undefined) return set;
    const seen = new EntitySet();
    for (const item of set.all()) if (!hidden.has(item.entity.id)) seen.put(item);
    return seen;
  }

  list(collection: CollectionPath): Entity[] {
    return [...(this.entitySet(collection)?.all() ?? [])].map((item) => item.entity);
  }

  count(collection: CollectionPath): number {
    return this.entitySet(collection)?.size ?? 0;
  }

  /** The paths of all collections that hold something. */
  collections(): CollectionPath[] {
    return [...this.sets.keys()];
  }

  /**
   * Adds an entity, or replaces the one of the same id. False when the entity that contains the collection is not there. Without storage
   * the answer is there at once: tests make rows by the thousand, and each promise on the way would cost a twentieth of a request.
   */
  put(collection: CollectionPath, entity: Entity): Promise<boolean> | boolean {
    const decision = (staging: Staging): boolean => {
      if (!staging.hasContainer(collection)) return false;
      staging.put(collection, entity);
      return true;
    };
    return this.storage === undefined ? this.decideAtOnce(decision) : this.transact(decision);
  }

  /** Sets the given properties of one entity and leaves its others. Undefined when it is not there. */
  merge(collection: CollectionPath, id: string, properties: Omit<Entity, "id">): Promise<Entity | undefined> {
    return this.edit(collection, id, () => properties);
  }

  /** Sets what `propertiesOf` makes of the entity as it is when its turn comes. What that throws rejects this change alone. */
  edit(
    collection: CollectionPath,
    id: string,
    propertiesOf: (current: Entity) => Omit<Entity, "id">,
  ): Promise<Entity | undefined> {
    return this.transact((staging) => {
      const current = staging.find(collection, id);
      if (current === undefined) return undefined;
      const entity = { ...current.entity, ...propertiesOf(current.entity), id };
      staging.put(collection, entity);
      return entity;
    });
  }

  /** Deletes an entity with all it contains. False when it was not there. */
  delete(collection: CollectionPath, id: string): Promise<boolean> {
    return this.transact((staging) => {
      const item = staging.find(collection, id);
      if (item !== undefined) staging.delete(collection, item);
      return item !== undefined;
    });
  }

  /** Deletes everything. */
  reset(): Promise<void> {
    return this.transact((staging) => {
      staging.deleteAll();
    });
  }

  /** Waits for the changes under way. */
  settled(): Promise<void> {
    return this.transact(() => undefined);
  }

  /** One decision, which counts as a whole or not at all. If it throws, that rejects it alone, and what it had changed is dropped. */
  transact<Result>(decision: (staging: Staging) => Result): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (this.storage === undefined) {
        resolve(this.decideAtOnce(decision));
        return;
      }
      const decide = (staging: Staging): (() => void) => {
        const result = decision(staging);
        return () => {
          resolve(result);
        };
      };
      this.waiting.push({ decide, reject });
      if (!this.isWorking) void this.work();
    });
  }

  /** Without storage there is nothing to wait for: a change counts as soon as it is asked for. */
  private decideAtOnce<Result>(decision: (staging: Staging) => Result): Result {
    const staging = this.stage();
    const result = decision(staging);
    for (const change of staging.changes) this.apply(change);
    return result;
  }

  private stage(): Staging {
    return new Staging(this.sets, () => this.nextSequence++);
  }

  /** Never rejects. Ends in the same turn in which it finds nobody waiting, so that nobody is left waiting. */
  private async work(): Promise<void> {
    this.isWorking = true;
    while (this.waiting.length > 0) {
      const group = this.waiting.splice(0);
      try {
        const staging = this.stage();
        const outcomes = group.map((waiting) => outcomeOf(waiting, staging));
        if (staging.changes.length > 0) await this.storage?.write(staging.changes);
        for (const change of staging.changes) this.apply(change);
        for (const tell of outcomes) tell();
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.isWorking = false;
  }

  private apply({ kind, collection, item }: Change): void {
    const set = this.sets.get(collection) ?? new EntitySet();
    set[kind](item);
    if (set.size > 0) this.sets.set(collection, set);
    else this.sets.delete(collection);
  }
}

/** The others of its group go on without what a decision that throws had staged. */
function outcomeOf({ decide, reject }: Waiting, staging: Staging): () => void {
  const before = staging.changes.length;
  try {
    return decide(staging);
  } catch (error) {
    staging.dropSince(before);
    return () => {
      reject(error);
    };
  }
}
