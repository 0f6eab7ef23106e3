import { setTimeout as sleep } from "node:timers/promises";
import type { Group } from "./bench";
import { createRows } from "./creates";
import { startProviderProcess } from "./providerProcess";
import { startTenant } from "./tenant";

const WRITES_PER_WINDOW = 100;
const TIME_SCALE = 0.5;
const WINDOW_S = 20 * TIME_SCALE;
const COUNT = 400;
const PARALLEL = 32;

/** Creates against a service that enforces Intune's quota in windows of 10 s in place of 20: how close to it, and how many refusals. */
export const quota: Group = {
  name: "quota",
  async measure(say) {
    const tenant = await startTenant({ quota: true, quotaTimeScale: TIME_SCALE });
    const config = { quota: "on", quotaWindowSeconds: String(WINDOW_S) };
    const provider = await startProviderProcess(tenant.env, config);
    try {
      // The policy was a write of the same application: its window is let pass, so that the whole quota is there.
      await sleep(WINDOW_S * 1000);
      const seconds = await createRows(provider, tenant, COUNT, PARALLEL);
      const bound = (Math.ceil(COUNT / WRITES_PER_WINDOW) - 1) * WINDOW_S;
      const creates = tenant.emulator.journal.entries().filter(({ path }) => path.endsWith("/deviceStatuses"));
      const refused = creates.filter(({ status }) => status === 429).length;
      say(
        `${String(COUNT)} creates at ${String(WRITES_PER_WINDOW)} per ${String(WINDOW_S)} s: ${seconds.toFixed(2)} s, the quota allows ${bound.toFixed(2)} s; ` +
          `${String(refused)} of ${String(creates.length)} were refused`,
      );
      return [
        { name: "quota-time-ratio", value: Number((seconds / bound).toFixed(3)) },
        { name: "quota-429-share", value: refused / creates.length },
      ];
    } finally {
      await provider.stop();
      await tenant.emulator.close();
    }
  },
};
