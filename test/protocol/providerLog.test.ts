import { DOCUMENTED_EXAMPLE } from "../support/example";
import { startProviderProcess } from "../support/providerProcess";
import { closeTenants, startTenant } from "../support/tenant";

afterAll(closeTenants);

const CANARIES = {
  userPrincipalName: "canary-upn@fixtures.example",
  userName: "canary user",
  deviceDisplayName: "canary device",
};

test.each(["debug", "trace"])(
  "PULUMI_INTUNE_LOG=%s tells each request and wait, and nothing of secrets or persons",
  async (level) => {
    const secret = "canary-client-secret";
    const app = {
      tenantId: "11111111-1111-4111-8111-111111111111",
      clientId: "22222222-2222-4222-8222-222222222222",
      clientSecret: secret,
      roles: ["DeviceManagementConfiguration.ReadWrite.All"],
    };
    const tenant = await startTenant({ apps: [app] });
    const provider = await startProviderProcess({ ...tenant.config, batch: "off" }, { PULUMI_INTUNE_LOG: level });
    const inputs = { deviceCompliancePolicyId: tenant.deviceCompliancePolicyId, ...DOCUMENTED_EXAMPLE, ...CANARIES };
    tenant.emulator.faults.add({
      match: { method: "POST" },
      fault: { status: 429, headers: { "Retry-After": "0.1" } },
    });
    const { id, outs } = await provider.create(inputs);
    tenant.emulator.faults.add({
      match: { method: "PATCH" },
      fault: { status: 400, body: { error: { code: "BadRequest", message: `${CANARIES.userName} is no user` } } },
    });
    const failure: unknown = await provider
      .update(id, outs, { ...inputs, status: "error" })
      .catch((error: unknown) => error);
    await provider.delete(id, outs);
    await provider.stop();
    const log = provider.stderr();
    expect(log).toMatch(
      /^pulumi-intune: create DeviceComplianceDeviceStatus: POST \/beta\/deviceManagement\/deviceCompliancePolicies\/\S+\/deviceStatuses → 429 in \d+ ms, request-id [0-9a-f-]+/m,
    );
    expect(log).toMatch(/^pulumi-intune: create DeviceComplianceDeviceStatus: waits 100 ms after attempt 1$/m);
    expect(log).toMatch(/→ 201 in/);
    expect(/sent @odata\.type, .*userPrincipalName/.test(log)).toBe(level === "trace");
    expect(String(failure)).toContain("[withheld] is no user");
    for (const canary of [secret, "Bearer", "eyJ", ...Object.values(CANARIES)]) {
      expect(log).not.toContain(canary);
      expect(String(failure)).not.toContain(canary);
    }
  },
);

test("without the variable nothing is printed", async () => {
  const tenant = await startTenant();
  const provider = await startProviderProcess(tenant.config);
  await provider.create({ deviceCompliancePolicyId: tenant.deviceCompliancePolicyId, ...DOCUMENTED_EXAMPLE });
  await provider.stop();
  expect(provider.stderr()).toBe("");
});
