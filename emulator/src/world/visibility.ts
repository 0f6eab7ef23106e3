import type { Clock } from "./clock";
import type { CollectionPath } from "./staging";
import type { Lens, World } from "./world";

interface Hidden {
  readonly world: World;
  readonly collection: CollectionPath;
  readonly id: string;
  readsLeft: number;
  /** By the emulator's clock. */
  readonly untilMs: number;
}

/** Entities that are there and have not appeared yet, as a service that copies its data around may show them. */
export class Visibility {
  private hidden: Hidden[] = [];

  constructor(private readonly clock: Clock) {}

  hide(world: World, collection: CollectionPath, id: string, delay: { reads: number } | { seconds: number }): void {
    const [readsLeft, untilMs] =
      "reads" in delay ? [delay.reads, Infinity] : [Infinity, this.clock.nowMs() + delay.seconds * 1000];
    this.hidden.push({ world, collection, id, readsLeft, untilMs });
  }

  clear(): void {
    this.hidden = [];
  }

  /** The world as one request with this method sees it: what it writes to is always there. */
  seenBy(world: World, method: string): World {
    if (this.hidden.length === 0 || method !== "GET") return world;
    const nowMs = this.clock.nowMs();
    this.hidden = this.hidden.filter(({ readsLeft, untilMs }) => readsLeft > 0 && untilMs > nowMs);
    const own = this.hidden.filter((hidden) => hidden.world === world);
    return own.length === 0 ? world : world.seenThrough(new RequestLens(own));
  }
}

/** What one request does not see. However often it looks for an entity, that is one read of it. */
class RequestLens implements Lens {
  private readonly counted = new Set<Hidden>();

  constructor(private readonly hidden: readonly Hidden[]) {}

  hides(collection: CollectionPath, id: string): boolean {
    const one = this.hidden.find((hidden) => hidden.collection === collection && hidden.id === id);
    if (one === undefined) return false;
    this.count(one);
    return true;
  }

  hiddenIn(collection: CollectionPath): ReadonlySet<string> | undefined {
    const inside = this.hidden.filter((hidden) => hidden.collection === collection);
    for (const one of inside) this.count(one);
    return inside.length === 0 ? undefined : new Set(inside.map(({ id }) => id));
  }

  private count(one: Hidden): void {
    if (!this.counted.has(one)) one.readsLeft--;
    this.counted.add(one);
  }
}
