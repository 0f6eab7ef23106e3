import { DOCUMENTED_EXAMPLE } from "../support/example";
import { type ProviderProcess, startProviderProcess } from "../support/providerProcess";
import { closeTenants, startTenant, type Tenant } from "../support/tenant";

const processes: ProviderProcess[] = [];
afterAll(async () => {
  await Promise.all(processes.map((one) => one.stop()));
  await closeTenants();
});

async function start(
  config: Record<string, string>,
): Promise<{ tenant: Tenant; provider: ProviderProcess; inputs: Record<string, unknown> }> {
  const tenant = await startTenant();
  const provider = await startProviderProcess({ ...tenant.config, ...config });
  processes.push(provider);
  return {
    tenant,
    provider,
    inputs: { deviceCompliancePolicyId: tenant.deviceCompliancePolicyId, ...DOCUMENTED_EXAMPLE },
  };
}
const leave = (tenant: Tenant, row: Record<string, unknown> = {}) =>
  tenant.emulator.store.putDeviceStatus(tenant.deviceCompliancePolicyId, { ...DOCUMENTED_EXAMPLE, ...row });

describe.each(["on", "off"])("batch %s", (batch) => {
  test("adopt: a row that a run before has left is taken, once, and nothing is sent but one list", async () => {
    const { tenant, provider, inputs } = await start({ adopt: "true", batch });
    const left = await leave(tenant, { lastReportedDateTime: "2017-01-01T08:00:17.7769392Z" });
    const made = await Promise.all([provider.create(inputs), provider.create(inputs)]);
    expect(made.map(({ id }) => id)).toContain(left.id);
    expect(tenant.rows()).toHaveLength(2);
    expect(tenant.requests().sort()).toEqual(["GET deviceStatuses", "POST deviceStatuses"]);
  });

  test("adopt: a row that differs in one property is left alone", async () => {
    const { tenant, provider, inputs } = await start({ adopt: "true", batch });
    const left = await leave(tenant, { platform: 9 });
    expect((await provider.create(inputs)).id).not.toBe(left.id);
    expect(tenant.rows()).toHaveLength(2);
  });

  test("adopt: a row that another resource of the stack has is not taken", async () => {
    const { tenant, provider, inputs } = await start({ adopt: "true", batch });
    const theirs = await leave(tenant);
    await provider.diff(theirs.id, inputs, inputs);
    expect((await provider.create(inputs)).id).not.toBe(theirs.id);
  });

  test("without adopt an equal row is left alone, and nothing but the POST is sent", async () => {
    const { tenant, provider, inputs } = await start({ batch });
    const left = await leave(tenant);
    expect((await provider.create(inputs)).id).not.toBe(left.id);
    expect(tenant.requests()).toEqual(["POST deviceStatuses"]);
  });

  test("a lost answer does not make a resource take the row of another, known by its diff alone", async () => {
    const { tenant, provider, inputs } = await start({ batch });
    const theirs = await leave(tenant);
    await provider.diff(theirs.id, inputs, inputs);
    tenant.emulator.faults.add({ match: { method: "POST" }, fault: { drop: "beforeCommit" } });
    expect((await provider.create(inputs)).id).not.toBe(theirs.id);
    expect(tenant.rows()).toHaveLength(2);
  });

  test("reading 200 rows of one policy is a few requests, and each row is its own", async () => {
    const { tenant, provider, inputs } = await start({ batch });
    const rows = await Promise.all(
      Array.from({ length: 200 }, (_, index) => leave(tenant, { deviceModel: `model ${String(index)}` })),
    );
    const read = await Promise.all(rows.map(({ id }) => provider.read(id, inputs)));
    expect(read.map(({ props }) => props["deviceModel"])).toEqual(rows.map(({ deviceModel }) => deviceModel));
    expect(tenant.requests().length).toBeLessThanOrEqual(6);
  });

  test("among many reads, a row that is gone is confirmed by its own 404; a refused list is no proof", async () => {
    const { tenant, provider, inputs } = await start({ batch });
    const rows = await Promise.all(Array.from({ length: 20 }, () => leave(tenant)));
    const gone = rows.slice(15);
    for (const { id } of gone) await tenant.emulator.store.deleteDeviceStatus(tenant.deviceCompliancePolicyId, id);
    const read = await Promise.all(rows.map(({ id }) => provider.read(id, inputs)));
    expect(read.map(({ id }) => id)).toEqual(rows.map(({ id }) => (gone.some((row) => row.id === id) ? "" : id)));
    tenant.emulator.journal.clear();
    tenant.emulator.faults.add({
      match: { method: "GET", path: "/**/deviceStatuses" },
      times: 100,
      fault: { status: 403 },
    });
    await provider.update(rows[0]?.id ?? "", inputs, { ...inputs, platform: 1 });
    const again = await Promise.all(rows.slice(0, 10).map(({ id }) => provider.read(id, inputs)));
    expect(again.map(({ id }) => id)).toEqual(rows.slice(0, 10).map(({ id }) => id));
  });

  test("a write makes later reads see it", async () => {
    const { tenant, provider, inputs } = await start({ batch });
    const rows = await Promise.all(Array.from({ length: 8 }, () => leave(tenant)));
    await Promise.all(rows.map(({ id }) => provider.read(id, inputs)));
    const id = rows[0]?.id ?? "";
    await provider.update(id, inputs, { ...inputs, platform: 77 });
    const read = await Promise.all(rows.map((row) => provider.read(row.id, inputs)));
    expect(read[0]?.props["platform"]).toBe(77);
  });
});
