import { deviceStatusStore } from "../deviceStatusStore";
import type { DeviceStatusStore } from "../deviceStatusStore";
import type { Emulation } from "../emulation";
import { plant, readSeed } from "./seed";
import type { Seed, SeedCounts } from "./seed";
import { readSeedCsv } from "./seedCsv";
import { readSnapshot, restoreSnapshot, toSnapshot } from "./snapshot";
import type { Snapshot } from "./snapshot";

/** One tenant's state, past HTTP. */
export interface EmulatorTenant {
  readonly tenantId: string;
  readonly store: DeviceStatusStore;
  /** The whole state as one document, a copy. */
  snapshot(): Snapshot;
  /** Makes the tenant hold what the snapshot holds and nothing else. @throws {InputError} when it is none. */
  restore(snapshot: Snapshot): Promise<void>;
  /** Empties the tenant. */
  reset(): Promise<void>;
  /** Adds entities from a document, or device statuses from CSV text: all of them or none. @throws {InputError} naming every faulty row. */
  seed(seed: Seed | string): Promise<SeedCounts>;
}

/** @throws {Error} for a tenant in which no application is registered. */
export function emulatorTenant(emulation: Emulation, tenantId: string): EmulatorTenant {
  const world = emulation.tenants.worldOf(tenantId);
  return {
    tenantId,
    store: deviceStatusStore(emulation, world),
    snapshot: () => structuredClone(toSnapshot(tenantId, world)),
    restore: async (snapshot) => restoreSnapshot(world, readSnapshot(structuredClone(snapshot))),
    reset: () => world.reset(),
    seed: async (seed) => {
      const items = typeof seed === "string" ? readSeedCsv(seed) : readSeed(structuredClone(seed));
      return plant(world, items, emulation.clock.nowDateTime());
    },
  };
}
