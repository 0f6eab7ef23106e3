import type { Entity } from "../model/entityType";
import type { Query } from "./query";
import type { Position } from "./skipToken";

/** A collection in the order of creation. */
export interface RowSource {
  readonly size: number;
  /** Those whose sequence number, which is above 0, is greater. */
  after(sequence: number): Iterable<{ readonly sequence: number; readonly entity: Entity }>;
}

export interface Page {
  readonly entities: readonly Entity[];
  /** Absent on the last page. */
  readonly next?: Position;
  /** Of the whole result; absent where it would have to be counted and nobody asked. */
  readonly count?: number;
}

/** One page of what a query asks of a collection. Holds no more than the page, except where it must sort. */
export function readPage(set: RowSource, query: Query): Page {
  return query.orderBy === undefined ? scannedPage(set, query) : sortedPage(set, query, query.orderBy);
}

/** In the order of creation. Pages are cut by sequence number, so they stay right while entities come and go. */
function scannedPage(set: RowSource, query: Query): Page {
  const { filter, pageSize, position, isCounted } = query;
  const entities: Entity[] = [];
  let toSkip = position === undefined ? query.skip : 0;
  let last = 0;
  let hasMore = false;
  for (const { sequence, entity } of set.after(position !== undefined && "after" in position ? position.after : 0)) {
    if (filter?.(entity) === false) continue;
    if (toSkip > 0) {
      toSkip--;
    } else if (entities.length < pageSize) {
      entities.push(entity);
      last = sequence;
    } else {
      hasMore = true;
      break;
    }
  }
  const count = filter === undefined ? set.size : isCounted ? countOf(set, filter) : undefined;
  return { entities, ...(hasMore ? { next: { after: last } } : {}), ...(count === undefined ? {} : { count }) };
}

function sortedPage(set: RowSource, query: Query, orderBy: (one: Entity, other: Entity) => number): Page {
  const { filter, pageSize, position, skip } = query;
  const result: Entity[] = [];
  for (const { entity } of set.after(0)) if (filter?.(entity) !== false) result.push(entity);
  result.sort(orderBy);
  const from = position !== undefined && "offset" in position ? position.offset : skip;
  const end = from + pageSize;
  return {
    entities: result.slice(from, end),
    ...(end < result.length ? { next: { offset: end } } : {}),
    count: result.length,
  };
}

/** How many entities fit, without keeping any. */
export function countOf(set: RowSource, filter: ((entity: Entity) => boolean) | undefined): number {
  if (filter === undefined) return set.size;
  let count = 0;
  for (const { entity } of set.after(0)) if (filter(entity)) count++;
  return count;
}
