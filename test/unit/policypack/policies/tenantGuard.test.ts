import { tenantGuard } from "../../../../policypack/src/policies/tenantGuard";
import { COMPLIANT, judge, type Circumstances } from "../judge";

const TEST_TENANT = "11111111-1111-4111-8111-11111111aaaa";
const REAL_TENANT = "22222222-2222-4222-8222-222222222222";
const PAGE = "[DCS009] docs/rules/tenant-guard.md";
const FIX = "Fix: select a test stack, or set intune:tenantId to a test tenant";

const judged = (config: Record<string, unknown>, circumstances: Circumstances = {}) =>
  judge(tenantGuard, COMPLIANT, { config, ...circumstances }).messages;
const of = (tenantId: string): Circumstances => ({ stackConfig: { "intune:tenantId": tenantId } });

describe("tenant-guard", () => {
  it.each(["dev", "test", "reproduce", "products"])("accepts the stack %s without configuration", (stack) => {
    expect(judged({}, { stack, ...of(REAL_TENANT) })).toEqual([]);
  });

  it.each(["prod", "Production", "prod-eu", "contoso-prod", "eu-production"])("rejects the stack %s", (stack) => {
    expect(judged({}, { stack })).toEqual([
      `The stack's name matches the option forbiddenStacks. Fix: select a test stack, or take the glob out ${PAGE}`,
    ]);
    expect(judged({ forbiddenStacks: [] }, { stack })).toEqual([]);
  });

  it("takes stacks as globs", () => {
    expect(judged({ forbiddenStacks: ["live?"] }, { stack: "live1" })).toHaveLength(1);
    expect(judged({ forbiddenStacks: ["live?"] }, { stack: "live12" })).toHaveLength(0);
  });

  const allowedTenants = [TEST_TENANT.toUpperCase(), "fixtures.example"];

  it.each([TEST_TENANT, "Fixtures.example"])("accepts the listed tenant %s", (tenant) => {
    expect(judged({ allowedTenants }, of(tenant))).toEqual([]);
  });

  it.each<[string, Circumstances]>([
    ["intune:tenantId", of(REAL_TENANT)],
    ["ARM_TENANT_ID", { environment: { ARM_TENANT_ID: REAL_TENANT, AZURE_TENANT_ID: TEST_TENANT } }],
    ["AZURE_TENANT_ID", { environment: { AZURE_TENANT_ID: REAL_TENANT } }],
    ["the stack tag intune:tenantId", { stackTags: { "intune:tenantId": REAL_TENANT } }],
  ])("rejects a tenant of %s that is not listed, and does not show it", (source, circumstances) => {
    expect(judged({ allowedTenants }, circumstances)).toEqual([
      `${source} is a tenant that the option allowedTenants does not list. ${FIX} ${PAGE}`,
    ]);
    expect(judged({ deniedTenants: [REAL_TENANT] }, circumstances)).toEqual([
      `${source} is a tenant that the option deniedTenants lists. ${FIX} ${PAGE}`,
    ]);
  });

  it("asks the stack's configuration before the environment, as the provider does", () => {
    const circumstances = { ...of(TEST_TENANT), environment: { ARM_TENANT_ID: REAL_TENANT } };
    expect(judged({ allowedTenants }, circumstances)).toEqual([]);
  });

  it("denies a tenant that is also allowed", () => {
    expect(judged({ allowedTenants, deniedTenants: [TEST_TENANT] }, of(TEST_TENANT))).toHaveLength(1);
  });

  it("lets a tenant that cannot be told pass, unless it is required", () => {
    expect(judged({ allowedTenants })).toEqual([]);
    expect(judged({ requireTenant: true })).toEqual([
      "The tenant cannot be told, and the option requireTenant asks for it. " +
        `Fix: set intune:tenantId, or the stack tag intune:tenantId for pulumi policy analyze ${PAGE}`,
    ]);
    expect(judged({ requireTenant: true }, of(REAL_TENANT))).toEqual([]);
  });

  it("reports stack and tenant at once", () => {
    expect(judged({ allowedTenants }, { stack: "prod", ...of(REAL_TENANT) })).toHaveLength(2);
  });

  it("reads a configuration that is no JSON as none", () => {
    expect(judged({ requireTenant: true }, { environment: { PULUMI_CONFIG: "{" } })).toHaveLength(1);
  });
});
