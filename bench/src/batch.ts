import type { Figure, Group } from "./bench";
import { createRows } from "./creates";
import { startProviderProcess } from "./providerProcess";
import { startTenant, type Tenant } from "./tenant";

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
        const calls = httpCalls(tenant);
        say(
          `${String(COUNT)} creates, ${String(parallel)} at once: ${String(calls)} HTTP requests in ${seconds.toFixed(2)} s`,
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

/** Requests over the wire: the journal lists a batch, and then each request in it, which did not travel by itself. */
function httpCalls({ emulator }: Tenant): number {
  const entries = emulator.journal.entries().filter(({ path }) => path.startsWith("/beta/"));
  const batches = entries.filter(({ path }) => path === "/beta/$batch");
  const inBatches = batches.map(({ requestBody }) => (requestBody as { requests: unknown[] }).requests.length);
  return entries.length - inBatches.reduce((sum, size) => sum + size, 0);
}
