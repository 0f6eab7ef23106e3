import { DOCUMENTED_EXAMPLE } from "../support/example";
import { type ProviderProcess, startProviderProcess } from "../support/providerProcess";
import { closeTenants, startTenant, type Tenant } from "../support/tenant";

const processes: ProviderProcess[] = [];
const start = async (tenant: Tenant, config: Record<string, string>): Promise<ProviderProcess> => {
  const started = await startProviderProcess({ ...tenant.config, ...config });
  processes.push(started);
  return started;
};
/** An emulator that enforces the quota, in windows of 4 s; the application of the test has sent nothing yet. */
async function startEnforcing(): Promise<Tenant> {
  const roles = ["DeviceManagementConfiguration.ReadWrite.All"];
  const app = { tenantId: "e0000000-0000-4000-8000-000000000001", clientSecret: "secret", roles };
  const apps = [
    { ...app, clientId: "e0000000-0000-4000-8000-000000000002" },
    { ...app, clientId: OWN_APP },
  ];
  return startTenant({ quota: true, quotaTimeScale: 0.2, apps });
}
const OWN_APP = "e0000000-0000-4000-8000-00000000000f";
const numbered = ({ deviceCompliancePolicyId }: Tenant, count: number): Record<string, unknown>[] =>
  Array.from({ length: count }, (_, platform) => ({ deviceCompliancePolicyId, ...DOCUMENTED_EXAMPLE, platform }));
const statuses = ({ emulator }: Tenant): unknown[] => emulator.journal.entries().map(({ status }) => status);

afterAll(async () => {
  await Promise.all(processes.map((one) => one.stop()));
  await closeTenants();
});

describe.each(["on", "off"])("batch %s", (batch) => {
  test("with the quota on, a service that enforces it never has to refuse, and the wait is told in one line", async () => {
    const tenant = await startEnforcing();
    const provider = await start(tenant, { clientId: OWN_APP, batch, quota: "on", quotaWindowSeconds: "4" });
    await Promise.all(numbered(tenant, 150).map((one) => provider.create(one)));
    expect(tenant.rows()).toHaveLength(150);
    expect(statuses(tenant)).not.toContain(429);
    await provider.stop();
    expect(provider.stderr()).toMatch(
      /^pulumi-intune: \d+ requests? waits? \d\.\d s for the quota of 100 writes in 4 s \(intune:quota\)\n$/,
    );
  });

  test("without it the same service refuses, and all rows are made all the same", async () => {
    const tenant = await startEnforcing();
    const provider = await start(tenant, { clientId: OWN_APP, batch });
    await Promise.all(numbered(tenant, 150).map((one) => provider.create(one)));
    expect(tenant.rows()).toHaveLength(150);
    expect(statuses(tenant)).toContain(429);
    expect(provider.stderr()).toBe("");
  });
});

test("a create that would have to wait beyond its time is not sent, and says why at once", async () => {
  const tenant = await startTenant();
  const config = { quota: "on", quotaWritesPerWindow: "2", quotaWindowSeconds: "600", operationTimeoutSeconds: "300" };
  const provider = await start(tenant, config);
  const results = await Promise.allSettled(numbered(tenant, 3).map((one) => provider.create(one)));
  const failures = results.flatMap((one) => (one.status === "rejected" ? [String(one.reason)] : []));
  expect(failures).toEqual([
    expect.stringMatching(
      /create DeviceComplianceDeviceStatus: not sent: the quota of 2 writes in 600 s has no room for it for (599|600)\.\d s, longer than the operation may take: raise intune:operationTimeoutSeconds/,
    ),
  ]);
  expect(tenant.requests().filter((one) => one.startsWith("POST"))).toHaveLength(2);
  const [made] = results.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  expect((await provider.read(made?.id ?? "", made?.outs ?? {})).id).toBe(made?.id);
});
