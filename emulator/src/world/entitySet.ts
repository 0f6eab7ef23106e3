import type { Entity } from "../model/entityType";

/** An entity and its place in the order of creation. A sequence number is never given twice while the process lives. */
export interface SequencedEntity {
  readonly sequence: number;
  readonly entity: Entity;
}

/** The entities of one collection in the order of their creation. Pages are cut by sequence, so they stay right while entities come and go. */
export class EntitySet {
  private readonly byId = new Map<string, SequencedEntity>();
  private readonly ordered: SequencedEntity[] = [];

  get size(): number {
    return this.ordered.length;
  }

  get(id: string): SequencedEntity | undefined {
    return this.byId.get(id);
  }

  all(): readonly SequencedEntity[] {
    return this.ordered;
  }

  /** Inserts, or replaces the entity of the same id at its place. */
  put(item: SequencedEntity): void {
    const position = this.firstAfter(item.sequence - 1);
    if (position === this.ordered.length) this.ordered.push(item);
    else this.ordered.splice(position, this.ordered[position]?.sequence === item.sequence ? 1 : 0, item);
    this.byId.set(item.entity.id, item);
  }

  /** Does nothing when it is not there. */
  delete(item: SequencedEntity): void {
    const position = this.firstAfter(item.sequence - 1);
    if (this.ordered[position]?.sequence !== item.sequence) return;
    this.ordered.splice(position, 1);
    this.byId.delete(item.entity.id);
  }

  /** Those whose sequence number is greater, one by one. Read at once: what is put or deleted meanwhile would shift it. */
  *after(sequence: number): Generator<SequencedEntity> {
    for (let index = this.firstAfter(sequence); index < this.ordered.length; index++) {
      const item = this.ordered[index];
      if (item !== undefined) yield item;
    }
  }

  /** Index of the first item whose sequence is greater. */
  private firstAfter(sequence: number): number {
    let high = this.ordered.length;
    // A new item comes last: no need to touch the others.
    let low = (this.ordered.at(-1)?.sequence ?? 0) <= sequence ? high : 0;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.ordered[middle]?.sequence ?? 0) > sequence) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
