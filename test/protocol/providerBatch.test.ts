import { DOCUMENTED_EXAMPLE } from "../support/example";
import { type ProviderProcess, startProviderProcess } from "../support/providerProcess";
import { closeTenants, startTenant, type Tenant } from "../support/tenant";

const processes: ProviderProcess[] = [];
let tenant: Tenant;
let provider: ProviderProcess;
let inputs: Record<string, unknown>;

const start = async (
  config: Record<string, string> = {},
  env: Record<string, string> = {},
): Promise<ProviderProcess> => {
  const started = await startProviderProcess({ ...tenant.config, ...config }, env);
  processes.push(started);
  return started;
};

beforeAll(async () => {
  tenant = await startTenant();
  provider = await start();
});
beforeEach(async () => {
  inputs = { deviceCompliancePolicyId: await tenant.createPolicy(), ...DOCUMENTED_EXAMPLE };
  tenant.emulator.faults.clear();
  tenant.emulator.journal.clear();
});
afterAll(async () => {
  await Promise.all(processes.map((one) => one.stop()));
  await closeTenants();
});

const COUNT = 20;
const numbered = (count = COUNT): Record<string, unknown>[] =>
  Array.from({ length: count }, (_, index) => ({ ...inputs, deviceDisplayName: `row ${String(index)}` }));
const rows = () => tenant.emulator.store.deviceStatuses(String(inputs["deviceCompliancePolicyId"]));
const sent = (method: string): number => tenant.requests().filter((one) => one.startsWith(method)).length;
const batches = (): { size: number; status: unknown }[] =>
  tenant.emulator.journal
    .entries()
    .filter(({ path }) => path === "/beta/$batch")
    .map(({ requestBody, status }) => ({ size: (requestBody as { requests: unknown[] }).requests.length, status }));
/** What went over the wire: a batch once, and not what is in it. */
const httpRequests = (): number => {
  const graph = tenant.emulator.journal.entries().filter(({ path }) => path.startsWith("/beta/"));
  return graph.length - batches().reduce((sum, { size }) => sum + size, 0);
};
const POST = { method: "POST", path: "/beta/**/deviceStatuses" };

test("creates, updates and deletes at once travel in batches; each is sent once and ends as if it had gone alone", async () => {
  const made = await Promise.all(numbered().map((one) => provider.create(one)));
  expect([sent("POST"), sent("GET")]).toEqual([COUNT, 0]);
  expect(httpRequests()).toBeLessThan(COUNT);
  expect(made.map(({ outs }) => outs["deviceDisplayName"])).toEqual(numbered().map((one) => one["deviceDisplayName"]));
  expect(new Map(rows().map((row) => [row.id, row.deviceDisplayName]))).toEqual(
    new Map(made.map(({ id, outs }) => [id, outs["deviceDisplayName"]])),
  );

  tenant.emulator.journal.clear();
  const updated = await Promise.all(
    made.map(({ id, outs }, index) => provider.update(id, outs, { ...outs, platform: 100 + index })),
  );
  expect([sent("PATCH"), sent("GET")]).toEqual([COUNT, 0]);
  expect(httpRequests()).toBeLessThan(COUNT);
  const platforms = new Map(rows().map((row) => [row.id, row.platform]));
  expect(made.map(({ id }) => platforms.get(id))).toEqual(made.map((_, index) => 100 + index));
  expect(updated.map(({ outs }) => outs["platform"])).toEqual(made.map((_, index) => 100 + index));

  tenant.emulator.journal.clear();
  await Promise.all(made.map(({ id, outs }) => provider.delete(id, outs)));
  expect([sent("DELETE"), sent("GET")]).toEqual([COUNT, 0]);
  expect(httpRequests()).toBeLessThan(COUNT);
  expect(rows()).toEqual([]);
});

test("each request of a batch has a client-request-id and the agent's name of its own", async () => {
  await Promise.all(numbered().map((one) => provider.create(one)));
  const entries = tenant.emulator.journal.entries().filter(({ path }) => path.endsWith("/deviceStatuses"));
  expect(new Set(entries.map(({ clientRequestId }) => clientRequestId)).size).toBe(COUNT);
  expect(new Set(entries.map(({ userAgent }) => userAgent?.split("/")[0]))).toEqual(new Set(["pulumi-intune"]));
});

test("no batch has more than 20 requests", async () => {
  await Promise.all(numbered(90).map((one) => provider.create(one)));
  expect(rows()).toHaveLength(90);
  expect(Math.max(...batches().map(({ size }) => size))).toBeLessThanOrEqual(20);
});

test.each(["afterCommit", "beforeCommit"] as const)(
  "requests that their batch does not answer (dropped %s) are looked for: one row each, none twice",
  async (drop) => {
    tenant.emulator.faults.add({ match: POST, skip: 2, times: 5, fault: { drop } });
    const made = await Promise.all(numbered().map((one) => provider.create(one)));
    expect(
      rows()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(made.map(({ id }) => id).sort());
    expect(rows()).toHaveLength(COUNT);
    expect(sent("POST")).toBe(drop === "afterCommit" ? COUNT : COUNT + 5);
  },
);

test("a batch whose answer is lost as a whole: one row each, and nothing is sent again that was carried out", async () => {
  tenant.emulator.faults.add({ match: { path: "/beta/$batch" }, fault: { drop: "afterCommit" } });
  const made = await Promise.all(numbered().map((one) => provider.create(one)));
  expect(batches().map(({ status }) => status)).toContain("dropped");
  expect(
    rows()
      .map(({ id }) => id)
      .sort(),
  ).toEqual(made.map(({ id }) => id).sort());
  expect(sent("POST")).toBe(COUNT);
});

test("what is throttled within a batch is sent again alone, after the longest wait of the batch", async () => {
  tenant.emulator.faults.add({ match: POST, fault: { status: 429, headers: { "Retry-After": "0.1" } } });
  tenant.emulator.faults.add({ match: POST, fault: { status: 429, headers: { "retry-after": "0.7" } } });
  await Promise.all(numbered().map((one) => provider.create(one)));
  expect(sent("POST")).toBe(COUNT + 2);
  expect(rows()).toHaveLength(COUNT);
  const posts = tenant.emulator.journal.entries().filter(({ path }) => path.endsWith("/deviceStatuses"));
  const throttled = posts.filter(({ status }) => status === 429);
  const again = posts.filter(({ index }) => index > Math.max(...throttled.map((post) => post.index))).slice(-2);
  const namesOf = (entries: readonly { requestBody: unknown }[]): unknown[] =>
    entries.map(({ requestBody }) => (requestBody as Record<string, unknown>)["deviceDisplayName"]).sort();
  expect(namesOf(again)).toEqual(namesOf(throttled));
  for (const post of again) {
    const waitedMs = Date.parse(post.receivedDateTime) - Date.parse(throttled[0]?.receivedDateTime ?? "");
    expect(waitedMs).toBeGreaterThanOrEqual(690);
  }
});

test("one refusal concerns one resource, with its own ids", async () => {
  tenant.emulator.faults.add({ match: POST, skip: 1, fault: { status: 400 } });
  const results = await Promise.allSettled(numbered().map((one) => provider.create(one)));
  const failures = results.flatMap((one) => (one.status === "rejected" ? [String(one.reason)] : []));
  expect(failures).toHaveLength(1);
  const refused = tenant.emulator.journal.entries().find(({ status }) => status === 400);
  expect(failures[0]).toMatch(
    /create DeviceComplianceDeviceStatus: Graph answered 400 BadRequest: .*POST \/beta\/.*\/deviceStatuses;/,
  );
  expect(failures[0]).toContain(`request-id ${String(refused?.requestId)}`);
  expect(rows()).toHaveLength(COUNT - 1);
});

test("where there is no $batch, requests go one by one, and batches are not tried again", async () => {
  const fresh = await start();
  tenant.emulator.faults.add({ match: { path: "/beta/$batch" }, times: 100, fault: { status: 404 } });
  await Promise.all(numbered().map((one) => fresh.create(one)));
  expect(rows()).toHaveLength(COUNT);
  const tried = batches().length;
  expect(tried).toBeGreaterThan(0);
  await Promise.all(numbered().map((one) => fresh.create({ ...one, platform: 9 })));
  expect(rows()).toHaveLength(2 * COUNT);
  expect(batches()).toHaveLength(tried);
});

test("with batch off none is sent", async () => {
  const plain = await start({ batch: "off" });
  await Promise.all(numbered().map((one) => plain.create(one)));
  expect(batches()).toEqual([]);
  expect(sent("POST")).toBe(COUNT);
});

describe.each(["on", "off"])("twins, batch %s", (batch) => {
  let own: ProviderProcess;
  beforeAll(async () => {
    own = await start({ batch });
  });

  test("equal rows whose answers are lost at once: a row for each, none twice, and each row somebody's", async () => {
    tenant.emulator.faults.add({ match: POST, times: 3, fault: { drop: "afterCommit" } });
    const spelled = { ...inputs, lastReportedDateTime: "2017-01-01T08:00:17.7769392Z" };
    const made = await Promise.all([inputs, spelled, inputs, spelled, inputs].map((one) => own.create(one)));
    expect(
      rows()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(made.map(({ id }) => id).sort());
    expect(new Set(made.map(({ id }) => id)).size).toBe(5);
    expect(sent("POST")).toBe(5);
  });

  test("equal rows, lost before they were carried out, among others that were", async () => {
    tenant.emulator.faults.add({ match: POST, times: 2, fault: { drop: "beforeCommit" } });
    tenant.emulator.faults.add({ match: POST, times: 2, fault: { drop: "afterCommit" } });
    const made = await Promise.all([inputs, inputs, inputs, ...numbered(5)].map((one) => own.create(one)));
    expect(
      rows()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(made.map(({ id }) => id).sort());
    expect(new Set(made.map(({ id }) => id)).size).toBe(8);
  });

  test("a twin that fails for good does not take its twin's row, nor hold it up", async () => {
    tenant.emulator.faults.add({ match: POST, fault: { status: 400 } });
    const results = await Promise.allSettled([own.create(inputs), own.create(inputs)]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(rows()).toHaveLength(1);
  });
});

test("PULUMI_INTUNE_LOG=debug tells each batch and each request in it", async () => {
  const logging = await start({}, { PULUMI_INTUNE_LOG: "debug" });
  await Promise.all(numbered().map((one) => logging.create(one)));
  await logging.stop();
  const log = logging.stderr();
  const told = [...log.matchAll(/^pulumi-intune: \$batch of (\d+) requests → 200 in \d+ ms, request-id \S+$/gm)];
  expect(told.map(([, size]) => Number(size))).toEqual(batches().map(({ size }) => size));
  expect(log.match(/^pulumi-intune: create \S+: POST \S+ → 201 in \d+ ms/gm)).toHaveLength(COUNT);
});
