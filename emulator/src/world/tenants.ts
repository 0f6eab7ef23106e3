import type { World } from "./world";

/** The worlds of all tenants, side by side: what one holds no other can see. Tenant ids are compared without case. */
export class Tenants {
  private readonly worlds: ReadonlyMap<string, World>;

  constructor(worlds: Iterable<readonly [tenantId: string, world: World]>) {
    this.worlds = new Map([...worlds].map(([tenantId, world]) => [tenantId.toLowerCase(), world]));
  }

  /** @throws {Error} for a tenant in which no application is registered: nobody can have a token for it. */
  worldOf(tenantId: string): World {
    const world = this.worlds.get(tenantId.toLowerCase());
    if (world === undefined) throw new Error(`there is no tenant ${tenantId}`);
    return world;
  }

  ids(): string[] {
    return [...this.worlds.keys()];
  }

  async close(): Promise<void> {
    await Promise.all([...this.worlds.values()].map((world) => world.close()));
  }
}
