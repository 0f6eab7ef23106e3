import type { Figure, Group } from "./bench";
import { createRows } from "./creates";
import { startProviderProcess } from "./providerProcess";
import { countRequests, startTenant } from "./tenant";

const COUNT = 400;
const PARALLELS = [1, 8, 32];

/** What travels to Graph for one create, by how many the engine has under way at once. */
export const batch: Group = {
  name: "batch",
  async measure(say) {
    const tenant = await startTenant();
    const provider = await startProviderProcess(tenant.env, {});
    try {
      await createRows(provider, tenant, 20, 4); // the token, the connections
      const figures: Figure[] = [];
      for (const parallel of PARALLELS) {
        tenant.emulator.journal.clear();
        const seconds = await createRows(provider, tenant, COUNT, parallel);
        const { overTheWire: calls, batches } = countRequests(tenant);
        say(
          `${String(COUNT)} creates, ${String(parallel)} at once: ${String(calls)} HTTP requests (${String(batches)} batches) in ${seconds.toFixed(2)} s`,
        );
        figures.push({ name: `http-calls-per-create-parallel-${String(parallel)}`, value: calls / COUNT });
      }
      return figures;
    } finally {
      await provider.stop();
      await tenant.emulator.close();
    }
  },
};
