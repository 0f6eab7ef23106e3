import type { World } from "./world";

/** The worlds of all tenants, side by side: what one holds no other can see. Tenant ids are compared without case. */
export class Tenants {
  private readonly worlds: ReadonlyMap<string, World>;

  /** `closeStorage` is called once nothing is written any more. */
  constructor(
    worlds: Iterable<readonly [tenantId: string, world: World]>,
    private readonly closeStorage: () => Promise<void> = () => Promise.resolve(),
  ) {
    this.worlds = new Map([...worlds].map(([tenantId, world]) => [tenantId.toLowerCase(), world]));
  }

  /** Undefined for a tenant in which no application is registered: nobody can have a token for it. */
  find(tenantId: string): World | undefined {
    return this.worlds.get(tenantId.toLowerCase());
  }

  /** @throws {Error} for a tenant in which no application is registered. */
  worldOf(tenantId: string): World {
    const world = this.find(tenantId);
    if (world === undefined) throw new Error(`there is no tenant ${tenantId}`);
    return world;
  }

  ids(): string[] {
    return [...this.worlds.keys()];
  }

  all(): World[] {
    return [...this.worlds.values()];
  }

  async close(): Promise<void> {
    await Promise.all(this.all().map((world) => world.settled()));
    await this.closeStorage();
  }
}
