import { InitFailed, PROVIDER_TEXT, type ProviderProcess, startProviderProcess } from "../support/providerProcess";
import { DOCUMENTED_EXAMPLE } from "../support/example";
import { closeTenants, startTenant, type Tenant } from "../support/tenant";

/** The real provider process of @pulumi/pulumi, our built package in it, over real sockets to the emulator. */
const processes: ProviderProcess[] = [];
const start = async (tenant: Tenant, config: Record<string, string> = {}): Promise<ProviderProcess> => {
  const started = await startProviderProcess({ ...tenant.config, ...config });
  processes.push(started);
  return started;
};
const failureOf = async (promise: Promise<unknown>): Promise<string> => {
  const error: unknown = await promise.then(
    () => new Error("it did not fail"),
    (error: unknown) => error,
  );
  return error instanceof Error ? error.message : String(error);
};

afterAll(async () => {
  await Promise.all(processes.map((one) => one.stop()));
  await closeTenants();
});

describe.each(["on", "off"])("against the documented contract, batch %s", (batch) => {
  let tenant: Tenant;
  let provider: ProviderProcess;
  let inputs: Record<string, unknown>;

  beforeAll(async () => {
    tenant = await startTenant();
    provider = await start(tenant, { batch });
    inputs = { deviceCompliancePolicyId: tenant.deviceCompliancePolicyId, ...DOCUMENTED_EXAMPLE };
  });
  beforeEach(() => {
    tenant.emulator.journal.clear();
    tenant.emulator.faults.clear();
  });

  test("create sends one POST with @odata.type; Graph's id and body are what comes back", async () => {
    const { id, outs } = await provider.create(inputs);
    expect(tenant.rows().map((row) => row["id"])).toContain(id);
    expect(outs).toEqual({ ...inputs, __provider: PROVIDER_TEXT });
    expect(tenant.requests()).toEqual(["POST deviceStatuses"]);
    expect(tenant.emulator.journal.entries().at(-1)?.requestBody).toEqual({
      "@odata.type": "#microsoft.graph.deviceComplianceDeviceStatus",
      ...DOCUMENTED_EXAMPLE,
    });
  });

  test("update PATCHes the changed property only, and its neighbours stay", async () => {
    const { id, outs } = await provider.create(inputs);
    tenant.emulator.journal.clear();
    const news = { ...inputs, status: "error", lastReportedDateTime: "2017-01-01T08:00:17.7769392Z" };
    expect(await provider.diff(id, outs, news)).toEqual({ changes: "some", replaces: [] });
    const updated = await provider.update(id, outs, news);
    expect(tenant.requests()).toEqual(["PATCH deviceStatuses/{id}"]);
    expect(tenant.emulator.journal.entries()[0]?.requestBody).toEqual({
      "@odata.type": "#microsoft.graph.deviceComplianceDeviceStatus",
      status: "error",
    });
    expect(updated.outs).toEqual({ ...outs, status: "error" });
    expect(tenant.rows().find((row) => row["id"] === id)).toMatchObject({ ...DOCUMENTED_EXAMPLE, status: "error" });
  });

  test("a property taken out of the program becomes null", async () => {
    const { id, outs } = await provider.create(inputs);
    const { deviceModel, ...news } = inputs;
    expect(deviceModel).toBe("Device Model value");
    const updated = await provider.update(id, outs, news);
    expect(tenant.rows().find((row) => row["id"] === id)).toMatchObject({
      deviceModel: null,
      userName: "User Name value",
    });
    expect(updated.outs).not.toHaveProperty("deviceModel");
    expect(await provider.diff(id, updated.outs, news)).toEqual({ changes: "none", replaces: [] });
  });

  test("read shows drift, in props and in inputs", async () => {
    const { id, outs } = await provider.create(inputs);
    await tenant.emulator.store.putDeviceStatus(tenant.deviceCompliancePolicyId, { id, status: "conflict" });
    const read = await provider.read(id, outs);
    expect(read).toEqual({
      id,
      props: { ...outs, status: "conflict" },
      inputs: { ...outs, status: "conflict" },
    });
  });

  test("read of a deleted row answers no id, and delete of it succeeds", async () => {
    const { id, outs } = await provider.create(inputs);
    await tenant.emulator.store.deleteDeviceStatus(tenant.deviceCompliancePolicyId, id);
    expect((await provider.read(id, outs)).id).toBe("");
    await provider.delete(id, outs);
  });

  test("delete deletes the row", async () => {
    const { id, outs } = await provider.create(inputs);
    await provider.delete(id, outs);
    expect(tenant.rows().map((row) => row["id"])).not.toContain(id);
  });

  test("update of a row that is gone says how to go on", async () => {
    const { id, outs } = await provider.create(inputs);
    await provider.delete(id, outs);
    expect(await failureOf(provider.update(id, outs, { ...inputs, status: "error" }))).toMatch(
      /404 ResourceNotFound.*run pulumi refresh/,
    );
  });

  test("create under a policy that does not exist names the cause", async () => {
    expect(await failureOf(provider.create({ ...inputs, deviceCompliancePolicyId: "none" }))).toMatch(
      /^create DeviceComplianceDeviceStatus: Graph answered 404 .*Check that the policy exists/,
    );
  });

  test("a POST whose answer is dropped after commit: one row, its id in the answer, no second POST", async () => {
    const before = tenant.rows().length;
    tenant.emulator.faults.add({ match: { method: "POST" }, fault: { drop: "afterCommit" } });
    const { id } = await provider.create({ ...inputs, deviceDisplayName: "lost after" });
    expect(tenant.requests()).toEqual(["POST deviceStatuses", "GET deviceStatuses"]);
    expect(tenant.rows()).toHaveLength(before + 1);
    expect(tenant.rows().at(-1)).toMatchObject({ id, deviceDisplayName: "lost after" });
  });

  test("a POST dropped before commit is looked for, then sent again: one row", async () => {
    const before = tenant.rows().length;
    tenant.emulator.faults.add({ match: { method: "POST" }, fault: { drop: "beforeCommit" } });
    const { id } = await provider.create({ ...inputs, deviceDisplayName: "lost before" });
    expect(tenant.requests()).toEqual(["POST deviceStatuses", "GET deviceStatuses", "POST deviceStatuses"]);
    expect(tenant.rows()).toHaveLength(before + 1);
    expect(tenant.rows().at(-1)?.["id"]).toBe(id);
  });

  test("equal rows whose answers are lost at once each get a row of their own", async () => {
    const before = tenant.rows().length;
    tenant.emulator.faults.add({ match: { method: "POST" }, times: 1, fault: { drop: "afterCommit" } });
    const twin = { ...inputs, deviceDisplayName: "twin" };
    const made = await Promise.all([provider.create(twin), provider.create(twin)]);
    expect(new Set(made.map(({ id }) => id)).size).toBe(2);
    expect(tenant.rows()).toHaveLength(before + 2);
  });

  test.each(["GET", "PATCH", "DELETE"])("a dropped %s is simply sent again", async (method) => {
    const { id, outs } = await provider.create(inputs);
    tenant.emulator.journal.clear();
    tenant.emulator.faults.add({ match: { method }, fault: { drop: "afterCommit" } });
    if (method === "GET") expect((await provider.read(id, outs)).id).toBe(id);
    if (method === "PATCH")
      expect((await provider.update(id, outs, { ...inputs, platform: 1 })).outs["platform"]).toBe(1);
    if (method === "DELETE") await provider.delete(id, outs);
    expect(tenant.requests()).toEqual([`${method} deviceStatuses/{id}`, `${method} deviceStatuses/{id}`]);
  });

  test("a 429 is waited for as it asks, and sent again under a new client-request-id", async () => {
    tenant.emulator.faults.add({
      match: { method: "POST" },
      fault: { status: 429, headers: { "Retry-After": "0.5" } },
    });
    await provider.create(inputs);
    const [first, second, ...more] = tenant.emulator.journal.entries();
    expect(more).toEqual([]);
    expect([first?.status, second?.status]).toEqual([429, 201]);
    expect(first?.clientRequestId).not.toBe(second?.clientRequestId);
    const waitedMs = Date.parse(String(second?.receivedDateTime)) - Date.parse(String(first?.receivedDateTime));
    expect(waitedMs).toBeGreaterThanOrEqual(490);
  });

  test("a 201 that cannot be read is recorded as partially created, and update completes it", async () => {
    const id = (await provider.create({ ...inputs, deviceDisplayName: "half" })).id;
    tenant.emulator.faults.add({ match: { method: "POST" }, fault: { status: 201, body: { id, platform: "eight" } } });
    const error: unknown = await provider
      .create({ ...inputs, deviceDisplayName: "half" })
      .catch((error: unknown) => error);
    if (!(error instanceof InitFailed)) throw new Error("it was not recorded");
    expect(error.id).toBe(id);
    expect(error.properties).toMatchObject({ ...inputs, deviceDisplayName: "half", __provider: PROVIDER_TEXT });
    expect(error.reasons[0]).toMatch(/the answer's platform is not of the documented type/);
    const { outs } = await provider.update(error.id, error.properties, { ...inputs, deviceDisplayName: "half" });
    expect(outs).toMatchObject({ ...DOCUMENTED_EXAMPLE, deviceDisplayName: "half" });
    await provider.delete(error.id, error.properties);
  });

  test("check reports every fault at once", async () => {
    const { failures } = await provider.check({
      ...inputs,
      status: "noncompliant",
      platform: 2 ** 31,
      deviceCompliancePolicyId: "",
    });
    expect(failures.map(({ property }) => property).sort()).toEqual(["deviceCompliancePolicyId", "platform", "status"]);
    expect(tenant.requests()).toEqual([]);
  });

  test("50 creates at once share one token and at most 32 connections", async () => {
    const fresh = await start(tenant, { batch });
    tenant.emulator.journal.clear();
    const made = await Promise.all(
      Array.from({ length: 50 }, (_, index) => fresh.create({ ...inputs, platform: index })),
    );
    expect(new Set(made.map(({ id }) => id)).size).toBe(50);
    expect(tenant.emulator.journal.entries().filter(({ path }) => path.endsWith("/oauth2/v2.0/token"))).toHaveLength(1);
    expect(tenant.requests()).toHaveLength(50);
    const batches = tenant.emulator.journal.entries().filter(({ path }) => path === "/beta/$batch");
    if (batch === "on") expect(batches.length).toBeGreaterThan(0);
    else expect(batches).toEqual([]);
  });
});

test.each(["on", "off"])("update accepts 204 without a body, batch %s", async (batch) => {
  const tenant = await startTenant({ patchAnswer: 204 });
  const provider = await start(tenant, { batch });
  const inputs = { deviceCompliancePolicyId: tenant.deviceCompliancePolicyId, ...DOCUMENTED_EXAMPLE };
  const { id, outs } = await provider.create(inputs);
  const updated = await provider.update(id, outs, { ...inputs, status: "error" });
  expect(updated.outs).toEqual({ ...outs, status: "error" });
});
