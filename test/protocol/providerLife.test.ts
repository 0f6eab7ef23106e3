import { createServer, type Server } from "node:net";
import { startProviderProcess, type ProviderProcess } from "../support/providerProcess";
import { DOCUMENTED_EXAMPLE } from "../support/example";
import { closeTenants, startTenant } from "../support/tenant";

afterAll(closeTenants);

/** Stands for the engine's port: the provider process only asks whether it listens. */
async function listen(): Promise<{ server: Server; address: string }> {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { server, address: `127.0.0.1:${String(address.port)}` };
}

const ended = (provider: ProviderProcess, withinMs: number): Promise<boolean> =>
  Promise.race([
    provider.exited.then(() => true),
    new Promise<boolean>((resolve) =>
      setTimeout(() => {
        resolve(false);
      }, withinMs).unref(),
    ),
  ]);

test("the provider process ends soon after its engine, with a create under way, and sends nothing more", async () => {
  const tenant = await startTenant();
  const engine = await listen();
  const provider = await startProviderProcess(tenant.config, {}, engine.address);
  const inputs = { deviceCompliancePolicyId: tenant.deviceCompliancePolicyId, ...DOCUMENTED_EXAMPLE };
  await provider.create(inputs);
  tenant.emulator.faults.add({
    match: { method: "POST" },
    times: 100,
    fault: { status: 429, headers: { "Retry-After": "0.1" } },
  });
  const create = provider.create(inputs).catch(() => "ended");
  expect(await ended(provider, 1_500)).toBe(false);
  engine.server.close();
  expect(await ended(provider, 3_000)).toBe(true);
  const sent = tenant.requests().length;
  expect(sent).toBeGreaterThan(3);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(tenant.requests()).toHaveLength(sent);
  expect(await create).toBe("ended");
  await provider.stop();
});

test("without an engine that ever answered there is none to miss", async () => {
  const tenant = await startTenant();
  const provider = await startProviderProcess(tenant.config);
  await provider.create({ deviceCompliancePolicyId: tenant.deviceCompliancePolicyId, ...DOCUMENTED_EXAMPLE });
  expect(await ended(provider, 1_500)).toBe(false);
  await provider.stop();
});

test("SIGTERM: what is out is answered, nothing more is sent", async () => {
  const tenant = await startTenant();
  const provider = await startProviderProcess(tenant.config);
  const inputs = { deviceCompliancePolicyId: tenant.deviceCompliancePolicyId, ...DOCUMENTED_EXAMPLE };
  await provider.create(inputs);
  tenant.emulator.faults.add({ match: { method: "POST" }, fault: { delayMs: 700 } });
  void provider.create(inputs).catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const started = Date.now();
  await provider.stop();
  expect(Date.now() - started).toBeGreaterThan(200);
  expect(tenant.rows()).toHaveLength(2);
});
