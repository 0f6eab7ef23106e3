import type { ProviderProcess } from "./providerProcess";
import type { Tenant } from "./tenant";

/** Create `count` rows, `parallel` at a time as the engine does it; the seconds it took. */
export async function createRows(
  provider: ProviderProcess,
  { emulator, deviceCompliancePolicyId }: Tenant,
  count: number,
  parallel: number,
): Promise<number> {
  const before = emulator.store.deviceStatuses(deviceCompliancePolicyId).length;
  const started = performance.now();
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      await provider.create({
        deviceCompliancePolicyId,
        deviceDisplayName: `BENCH-${String(next++)}`,
        platform: 0,
        status: "compliant",
        lastReportedDateTime: "2026-01-02T03:04:05Z",
        complianceGracePeriodExpirationDateTime: "2026-01-09T03:04:05Z",
      });
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  const seconds = (performance.now() - started) / 1000;
  const made = emulator.store.deviceStatuses(deviceCompliancePolicyId).length - before;
  if (made !== count) throw new Error(`${String(made)} rows were created, not ${String(count)}`);
  return seconds;
}
