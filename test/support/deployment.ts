import path from "node:path";
import { createProject, type PulumiProject } from "./pulumiProject";
import { startTenant, type Tenant } from "./tenant";
import type { EmulatorOptions } from "intune-emulator";

const ROOT = path.resolve(__dirname, "../..");
export const POLICY_PACK = path.join(ROOT, "policypack");
const POLICIES_PROGRAM = path.join(ROOT, "test/engine/fixtures/policies");
const ROWS_PROGRAM = path.join(ROOT, "test/engine/fixtures/rows");

/** A stack over a program, with an emulator of its own as tenant, reached by stack configuration as a user would. */
export interface Deployment {
  readonly project: PulumiProject;
  readonly tenant: Tenant;
  /** The stack's DeviceComplianceDeviceStatus resources as the state file has them, by logical name. */
  readonly resources: () => Promise<Record<string, StateResource>>;
}

export interface StateResource {
  readonly id: string;
  readonly type: string;
  readonly inputs: Record<string, unknown>;
  readonly outputs: Record<string, unknown>;
}

const TYPE = "pulumi-nodejs:dynamic/intune:DeviceComplianceDeviceStatus";

/** A stack over one of examples/. */
export function deployExample(example: string, options: EmulatorOptions = {}): Promise<Deployment> {
  return deploy(path.join(ROOT, "examples", example), options, (tenant) => ({
    [`${example}:deviceCompliancePolicyId`]: tenant.deviceCompliancePolicyId,
  }));
}

/** A stack over rows that the test sets with {@link setRows}. */
export function deployRows(options: EmulatorOptions = {}): Promise<Deployment> {
  return deploy(ROWS_PROGRAM, options, () => ({}));
}

/** A stack over rows that each run takes from the variable `ROWS` of its environment. */
export function deployPolicies(): Promise<Deployment> {
  return deploy(POLICIES_PROGRAM, {}, () => ({}));
}

/** Set the rows of a stack of {@link deployRows}: arguments by logical name. */
export async function setRows({ project }: Deployment, rows: Record<string, Record<string, unknown>>): Promise<void> {
  await project.setConfig("rows:rows", JSON.stringify(rows));
}

async function deploy(
  program: string,
  options: EmulatorOptions,
  config: (tenant: Tenant) => Record<string, string>,
): Promise<Deployment> {
  const tenant = await startTenant(options);
  const { clientSecret = "", ...plain } = tenant.config;
  const settings = Object.fromEntries(Object.entries(plain).map(([key, value]) => [`intune:${key}`, value]));
  const project = await createProject({ program, config: { ...settings, ...config(tenant) } });
  await project.setConfig("intune:clientSecret", clientSecret, { secret: true });
  return { project, tenant, resources: () => resourcesOf(project) };
}

async function resourcesOf(project: PulumiProject): Promise<Record<string, StateResource>> {
  const state = (await project.state()) as { deployment: { resources?: (StateResource & { urn: string })[] } };
  const statuses = (state.deployment.resources ?? []).filter(({ type }) => type === TYPE);
  return Object.fromEntries(statuses.map((resource) => [resource.urn.split("::").at(-1) ?? "", resource]));
}
