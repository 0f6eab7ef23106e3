import type { ResourceValidationArgs } from "@pulumi/policy";
import type { FixturePolicy } from "../../../policypack/src/definePolicy";

const FIXTURE_TYPE = "pulumi-nodejs:dynamic/intune:DeviceComplianceDeviceStatus";
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export type Props = Record<string, unknown>;

/** A fixture that every policy accepts. */
export const COMPLIANT: Props = {
  deviceCompliancePolicyId: "4f8f3a3e-5d0a-4c8e-9d6b-2f1c7f6f1a11",
  deviceDisplayName: "PC-0042",
  userName: "Ada Example",
  userPrincipalName: "ada@contoso.example",
  deviceModel: "Surface",
  platform: 5,
  status: "nonCompliant",
  lastReportedDateTime: "2026-01-31T09:30:00Z",
  complianceGracePeriodExpirationDateTime: "2026-02-28T23:59:59.9999999+14:00",
};

/** Exported by 1.21 for tests such as these, but left out of its typings (they are marked internal). */
const { unknownCheckingProxy } = jest.requireActual<{ unknownCheckingProxy: (props: Props) => Props }>(
  "@pulumi/policy",
);

interface Judgement {
  readonly messages: readonly string[];
  readonly notApplicable: boolean;
}

/** Run a policy as the SDK's server does: properties behind its proxy, options with the defaults that the engine fills in. */
export function judge(
  policy: FixturePolicy,
  props: Props,
  { type = FIXTURE_TYPE, config = engineConfig(policy) }: { readonly type?: string; readonly config?: Props } = {},
): Judgement {
  const messages: string[] = [];
  const notApplicable = new NotApplicable();
  const args: ResourceValidationArgs = {
    type,
    props: unknownCheckingProxy(props),
    urn: `urn:pulumi:dev::project::${type}::fixture`,
    name: "fixture",
    opts: {
      protect: false,
      ignoreChanges: [],
      aliases: [],
      customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
      additionalSecretOutputs: [],
    },
    stackTags: new Map(),
    isType: (resourceClass) => (resourceClass as { __pulumiType?: string }).__pulumiType === type,
    asType: () => undefined,
    getConfig: () => config as never,
    notApplicable: () => {
      throw notApplicable;
    },
  };
  const validations = [policy.validateResource ?? []].flat();
  if (validations.length === 0) throw new Error(`${policy.name} validates nothing`);
  try {
    for (const validate of validations) void validate(args, (message) => messages.push(message));
  } catch (error) {
    if (error !== notApplicable) throw error;
    return { messages, notApplicable: true };
  }
  return { messages, notApplicable: false };
}

/** The messages for a compliant fixture in which one property has another value; `undefined` takes it out. */
export function judgeWith(policy: FixturePolicy, property: string, value: unknown, config?: Props): readonly string[] {
  const props: Props = { ...COMPLIANT, [property]: value };
  if (value === undefined) Reflect.deleteProperty(props, property);
  return judge(policy, props, config === undefined ? {} : { config: { ...engineConfig(policy), ...config } }).messages;
}

class NotApplicable extends Error {}

/** Source: pkg/resource/analyzer/config.go of pulumi/pulumi: the schema's default where an option is not set. */
function engineConfig(policy: FixturePolicy): Props {
  const properties = Object.entries(policy.configSchema?.properties ?? {});
  return Object.fromEntries(properties.map(([name, schema]) => [name, structuredClone(schema.default)]));
}
