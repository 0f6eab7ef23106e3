import { definePolicy } from "../definePolicy";
import { globTest } from "../glob";
import { switchOption, textListOption } from "../optionKinds";
import type { Finding } from "../policyDefinition";
import { EXAMPLE_INPUTS } from "../rulePage";
import type { Subject } from "../subject";
import type { Surroundings } from "../surroundings";

const KEY = "intune:tenantId";

/** Fixtures go to test tenants only. Names the setting that the tenant came from, never the tenant. */
export const tenantGuard = definePolicy({
  name: "tenant-guard",
  id: "DCS009",
  displayName: "Fixtures go to test tenants only",
  description: "Device compliance statuses may be made up in test tenants and test stacks only.",
  fix: `select a test stack, or set ${KEY} to a test tenant`,
  tags: ["intune", "tenant"],
  level: "mandatory",
  severity: "critical",
  exemptible: false,
  options: {
    allowedTenants: textListOption({
      description: "The tenants, by id or domain as intune:tenantId has it, that fixtures may go to. Empty: any.",
      standard: [],
    }),
    deniedTenants: textListOption({
      description: "The tenants that fixtures must never go to; goes before allowedTenants.",
      standard: [],
    }),
    forbiddenStacks: textListOption({
      description: "Globs of the names of stacks that may hold no fixtures; case does not count.",
      standard: ["prod", "production", "prod-*", "production-*", "*-prod", "*-production"],
    }),
    requireTenant: switchOption({
      description: "Whether a tenant that cannot be told is a finding. It cannot in `pulumi policy analyze`.",
      standard: false,
    }),
  },
  page: {
    why: [
      "A made-up compliance status in a production tenant is a false statement about a real device: conditional access may let it in or lock it out, and reports that auditors read are wrong.",
      "The tenant is what the provider would use: `intune:tenantId` of the stack's configuration, else `ARM_TENANT_ID` or `AZURE_TENANT_ID`, else the stack's tag `intune:tenantId`. List your test tenants in `allowedTenants` and set `requireTenant`, and nothing else gets through. Messages name the setting and never the tenant.",
    ],
    bad: {
      fixtures: { overdue: EXAMPLE_INPUTS },
      stack: "contoso-prod",
      config: { "tenant-guard": { allowedTenants: ["11111111-1111-4111-8111-111111111111"] } },
      stackConfig: { [KEY]: "22222222-2222-4222-8222-222222222222" },
    },
    good: {
      fixtures: { overdue: EXAMPLE_INPUTS },
      stack: "dev",
      config: { "tenant-guard": { allowedTenants: ["11111111-1111-4111-8111-111111111111"] } },
      stackConfig: { [KEY]: "11111111-1111-4111-8111-111111111111" },
    },
    configuration: {
      enforcementLevel: "mandatory",
      allowedTenants: ["11111111-1111-4111-8111-111111111111"],
      requireTenant: true,
    },
  },
  judgeResource(fixture, { allowedTenants, deniedTenants, forbiddenStacks, requireTenant }, { surroundings }) {
    const isForbidden = forbiddenStacks.some((glob) => globTest(glob.toLowerCase())(fixture.stack.toLowerCase()));
    const stackFindings = isForbidden ? [STACK_FINDING] : [];
    const tenant = findTenant(fixture, surroundings);
    if (tenant === undefined) return requireTenant ? [...stackFindings, UNTOLD_FINDING] : stackFindings;
    if (lists(deniedTenants, tenant.text))
      return [...stackFindings, tenantFinding(tenant.name, "a tenant that the option deniedTenants lists")];
    if (allowedTenants.length === 0 || lists(allowedTenants, tenant.text)) return stackFindings;
    return [...stackFindings, tenantFinding(tenant.name, "a tenant that the option allowedTenants does not list")];
  },
});

interface Tenant {
  readonly text: string;
  /** The setting it came from. */
  readonly name: string;
}

function findTenant({ stackTags }: Subject, { look }: Surroundings): Tenant | undefined {
  const set = look("tenantId");
  if (set !== undefined) return set;
  const tag = stackTags.get(KEY)?.trim() ?? "";
  return tag === "" ? undefined : { text: tag, name: `the stack tag ${KEY}` };
}

const lists = (tenants: readonly string[], tenant: string): boolean =>
  tenants.some((listed) => listed.trim().toLowerCase() === tenant.toLowerCase());

const STACK_FINDING: Finding = {
  problem: "The stack's name matches the option forbiddenStacks.",
  fix: "select a test stack, or take the glob out",
};

const UNTOLD_FINDING: Finding = {
  problem: "The tenant cannot be told, and the option requireTenant asks for it.",
  fix: `set ${KEY}, or the stack tag ${KEY} for pulumi policy analyze`,
};

const tenantFinding = (name: string, what: string): Finding => ({ problem: `${name} is ${what}.` });
