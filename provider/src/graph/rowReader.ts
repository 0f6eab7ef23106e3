import type { WireEntity } from "../model/wireEntity";
import { AnswerError, NotServedError } from "./errors";
import type { ParentKeys } from "./operationRequest";

/** So many reads of one collection are sent one by one; from then on the collection is listed, and serves many reads. */
const READS_BEFORE_LIST = 4;
/** How long a list serves reads: a refresh shows one moment's state, and that moment is not long ago. */
const LIST_AGE_MS = 5_000;

export interface Requests {
  /** @throws {AnswerError} of status 404 if there is no such row */
  get(parents: ParentKeys, id: string): Promise<WireEntity>;
  list(parents: ParentKeys): AsyncIterable<WireEntity>;
}

interface Collection {
  reads: number;
  list: { readonly rows: Promise<ReadonlyMap<string, WireEntity>>; endedMs: number } | undefined;
}

/** Reads rows with few requests: refreshing 1000 rows of a policy lists it a few times, and does not ask 1000 times. */
export class RowReader {
  private readonly collections = new Map<string, Collection>();

  constructor(
    private readonly requests: Requests,
    private readonly now: () => number,
  ) {}

  /**
   * The row, or `undefined` if it is certainly gone: 404 on the item, or absent from an exhausted list where the service
   * does not serve the item. A list alone is no proof: it was seen to leave rows out (microsoft-graph-explorer-v4 #4043).
   */
  async find(parents: ParentKeys, id: string): Promise<WireEntity | undefined> {
    const collection = this.collectionOf(parents);
    collection.reads++;
    if (collection.reads > READS_BEFORE_LIST) {
      // A list that fails proves nothing; the item's own answer says what is wrong.
      const rows = await this.rows(parents).catch(() => undefined);
      const row = rows?.get(id);
      if (row !== undefined) return row;
    }
    try {
      return await this.requests.get(parents, id);
    } catch (error) {
      if (error instanceof NotServedError) return (await this.rows(parents)).get(id);
      if (error instanceof AnswerError && error.status === 404) return undefined;
      throw error;
    }
  }

  /** Forget what was listed, since a write changes it. */
  forget(parents: ParentKeys): void {
    const collection = this.collectionOf(parents);
    collection.list = undefined;
    collection.reads = 0;
  }

  private rows(parents: ParentKeys): Promise<ReadonlyMap<string, WireEntity>> {
    const collection = this.collectionOf(parents);
    if (collection.list !== undefined && this.now() - collection.list.endedMs < LIST_AGE_MS)
      return collection.list.rows;
    const list = { rows: this.readAll(parents), endedMs: Number.POSITIVE_INFINITY };
    collection.list = list;
    list.rows.then(
      () => {
        list.endedMs = this.now();
      },
      () => {
        if (collection.list === list) collection.list = undefined;
      },
    );
    return list.rows;
  }

  private async readAll(parents: ParentKeys): Promise<ReadonlyMap<string, WireEntity>> {
    const rows = new Map<string, WireEntity>();
    for await (const row of this.requests.list(parents)) rows.set(row.id, row);
    return rows;
  }

  private collectionOf(parents: ParentKeys): Collection {
    const key = JSON.stringify(parents);
    const collection = this.collections.get(key) ?? { reads: 0, list: undefined };
    this.collections.set(key, collection);
    return collection;
  }
}
