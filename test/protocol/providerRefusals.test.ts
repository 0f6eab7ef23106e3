import { type ProviderProcess, startProviderProcess } from "../support/providerProcess";
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

describe.each(["on", "off"])("batch %s", (batch) => {
  test("where the service serves the list only: create explains, read goes by the list", async () => {
    const tenant = await startTenant({ profile: "observed" });
    const provider = await start(tenant, { batch });
    const { deviceCompliancePolicyId } = tenant;
    const inputs = { deviceCompliancePolicyId, ...DOCUMENTED_EXAMPLE };
    expect(await failureOf(provider.create(inputs))).toMatch(
      /^create DeviceComplianceDeviceStatus: Graph answered 400 No method match route template: .*documents POST here, but the Intune service does not serve it.*use the emulator/,
    );
    expect(tenant.rows()).toEqual([]);
    const { id } = await tenant.emulator.store.putDeviceStatus(deviceCompliancePolicyId, { ...DOCUMENTED_EXAMPLE });
    const read = await provider.read(id, inputs);
    expect(read).toMatchObject({
      id,
      props: { status: "notApplicable", lastReportedDateTime: "2017-01-01T08:00:17.7769392Z" },
    });
    expect(await provider.diff(id, read.props, inputs)).toEqual({ changes: "none", replaces: [] });
    expect((await provider.read("gone", inputs)).id).toBe("");
  });

  test("a 403 names the permission, a read that is refused does not mean gone", async () => {
    const app = {
      tenantId: "11111111-1111-4111-8111-111111111111",
      clientId: "22222222-2222-4222-8222-222222222222",
      clientSecret: "canary-secret-403",
    };
    const roles = ["DeviceManagementConfiguration.ReadWrite.All"];
    const other = {
      ...app,
      clientId: "33333333-3333-4333-8333-333333333333",
      roles: ["DeviceManagementConfiguration.Read.All"],
    };
    const tenant = await startTenant({ apps: [{ ...app, roles }, other] });
    const provider = await start(tenant, { batch, clientId: other.clientId });
    const inputs = { deviceCompliancePolicyId: tenant.deviceCompliancePolicyId, ...DOCUMENTED_EXAMPLE };
    const failure = await failureOf(provider.create(inputs));
    expect(failure).toMatch(
      /Graph answered 403 Forbidden: .*Grant the application .*DeviceManagementConfiguration\.ReadWrite\.All/,
    );
    tenant.emulator.faults.add({ match: { method: "GET" }, fault: { status: 403 } });
    expect(await failureOf(provider.read("any", inputs))).toMatch(
      /^read DeviceComplianceDeviceStatus: Graph answered 403/,
    );
  });
});

test("a wrong secret, a dead endpoint and no endpoint each say what to do, and never the secret", async () => {
  const tenant = await startTenant();
  const inputs = { deviceCompliancePolicyId: tenant.deviceCompliancePolicyId, ...DOCUMENTED_EXAMPLE };
  const wrong = await start(tenant, { clientSecret: "canary-wrong-secret" });
  const failure = await failureOf(wrong.create(inputs));
  expect(failure).toMatch(
    /^cannot sign in to Microsoft Entra: the client secret is wrong \(AADSTS7000215\); set intune:clientSecret to the secret's value/,
  );
  expect(failure + wrong.stderr()).not.toContain("canary-wrong-secret");
  const dead = await start(tenant, { graphEndpoint: "http://127.0.0.1:9" });
  expect(await failureOf(dead.create(inputs))).toMatch(
    /^create DeviceComplianceDeviceStatus: no answer from Graph: nothing listens at http:\/\/127\.0\.0\.1:9 \(ECONNREFUSED\); check intune:graphEndpoint and that the service is running \(the emulator: npm run emulator\)/,
  );
  const none = await start(tenant, { graphEndpoint: "" });
  expect(await failureOf(none.create(inputs))).toMatch(/^pulumi-intune is not configured: no Graph endpoint is set/);
});
