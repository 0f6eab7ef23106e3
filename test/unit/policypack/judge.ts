import type { PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import type { FixturePolicy, PolicyTemplate } from "../../../policypack/src/definePolicy";
import { exemptionOf, type ExemptionEntry } from "../../../policypack/src/exemptions";
import { createPackContext, type PackContext } from "../../../policypack/src/packContext";
import { templates } from "../../../policypack/src/policies";
import { readSurroundings } from "../../../policypack/src/surroundings";

export const FIXTURE_TYPE = "pulumi-nodejs:dynamic/intune:DeviceComplianceDeviceStatus";
export const ROOT_STACK = "pulumi:pulumi:Stack";
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
/** The instant that the policies take for now. */
export const NOW = new Date("2026-06-15T12:00:00Z");

export type Props = Record<string, unknown>;

/** A fixture that every policy accepts. */
export const COMPLIANT: Props = {
  deviceCompliancePolicyId: "4f8f3a3e-5d0a-4c8e-9d6b-2f1c7f6f1a11",
  deviceDisplayName: "FIXTURE-0042",
  userName: "Fixture Ada",
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

/** What surrounds a judgement; by default an update of the stack `dev` without any configuration. */
export interface Circumstances {
  readonly type?: string;
  readonly name?: string;
  readonly stack?: string;
  readonly stackTags?: Readonly<Record<string, string>>;
  /** The policy's options; by default those that the engine fills in. */
  readonly config?: Props;
  readonly stackConfig?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly isPreview?: boolean;
  readonly exemptions?: readonly ExemptionEntry[];
  readonly now?: Date;
  readonly pack?: PackContext;
}

interface Judgement {
  readonly messages: readonly string[];
  /** Those of the messages that are advisory whatever the policy's level is. */
  readonly advisory: readonly string[];
  readonly notApplicable: boolean;
}

export function packIn(circumstances: Circumstances = {}): PackContext {
  const { stackConfig = {}, environment = {}, isPreview = false, exemptions = [], now = NOW } = circumstances;
  const variables = {
    ...environment,
    PULUMI_CONFIG: JSON.stringify(stackConfig),
    PULUMI_NODEJS_DRY_RUN: String(isPreview),
  };
  const pack = createPackContext(
    readSurroundings(variables, () => now),
    templates,
  );
  pack.exemptions = exemptions.map(exemptionOf);
  return pack;
}

/** Run a policy as the SDK's server does: properties behind its proxy, options with the defaults that the engine fills in. */
export function judge(template: PolicyTemplate, props: Props, circumstances: Circumstances = {}): Judgement {
  const policy = template.create(circumstances.pack ?? packIn(circumstances));
  return judgeBy(policy, props, circumstances);
}

/** {@link judge} by a policy that may remember what it has seen. */
export function judgeBy(policy: FixturePolicy, props: Props, circumstances: Circumstances = {}): Judgement {
  const { type = FIXTURE_TYPE, config = engineConfig(policy), stackTags = {} } = circumstances;
  const collected = collector(policy);
  const args: ResourceValidationArgs = {
    ...resourceOf(type, circumstances.name ?? "fixture", props, circumstances.stack),
    asType: () => undefined,
    stackTags: new Map(Object.entries(stackTags)),
    getConfig: () => ({ ...config }) as never,
    notApplicable,
  };
  const validations = [policy.validateResource ?? []].flat();
  if (validations.length === 0) throw new Error(`${policy.name} validates nothing`);
  return collected.during(() => {
    for (const validate of validations) void validate(args, collected.report);
  });
}

/** Run a policy's remediation over inputs behind the SDK's proxy: what it returns, which is undefined if it did nothing. */
export function remediateBy(template: PolicyTemplate, inputs: Props, circumstances: Circumstances = {}): unknown {
  const policy = template.create(packIn(circumstances));
  const { type = FIXTURE_TYPE, config = engineConfig(policy) } = circumstances;
  return policy.remediateResource?.({
    ...resourceOf(type, circumstances.name ?? "fixture", inputs),
    asType: () => undefined,
    stackTags: new Map(),
    getConfig: () => ({ ...config }) as never,
    notApplicable,
  });
}

/** Run a policy's stack rule over fixtures by logical name, in this order. Messages begin with the name they are about. */
export function judgeStack(
  template: PolicyTemplate,
  fixtures: Readonly<Record<string, Props>>,
  circumstances: Circumstances = {},
): Judgement {
  const policy = template.create(circumstances.pack ?? packIn(circumstances));
  const { config = engineConfig(policy), stackTags = {}, stack } = circumstances;
  const resources = Object.entries(fixtures).map(([name, props]) => resourceOf(FIXTURE_TYPE, name, props, stack));
  const root = resourceOf(ROOT_STACK, "project-dev", {}, stack);
  const collected = collector(policy);
  return collected.during(() => {
    void policy.validateStack?.(
      {
        resources: [root, ...resources],
        stackTags: new Map(Object.entries(stackTags)),
        getConfig: () => ({ ...config }) as never,
        notApplicable,
      },
      collected.report,
    );
  });
}

/** The messages for a compliant fixture in which one property has another value; `undefined` takes it out. */
export function judgeWith(
  template: PolicyTemplate,
  property: string,
  value: unknown,
  options?: Props,
): readonly string[] {
  const props: Props = { ...COMPLIANT, [property]: value };
  if (value === undefined) Reflect.deleteProperty(props, property);
  const config = options && { ...engineConfig(template.create(packIn())), ...options };
  return judge(template, props, config === undefined ? {} : { config }).messages;
}

/** Source: pkg/resource/analyzer/config.go of pulumi/pulumi: the schema's default where an option is not set. */
function engineConfig(policy: FixturePolicy): Props {
  const known = configs.get(policy);
  if (known !== undefined) return known;
  const properties = Object.entries(policy.configSchema?.properties ?? {});
  const config = Object.fromEntries(properties.map(([name, schema]) => [name, structuredClone(schema.default)]));
  configs.set(policy, config);
  return config;
}

const configs = new WeakMap<FixturePolicy, Props>();

function resourceOf(type: string, name: string, props: Props, stack = "dev"): PolicyResource {
  return {
    type,
    props: unknownCheckingProxy(props),
    urn: `urn:pulumi:${stack}::project::${type}::${name}`,
    name,
    opts: {
      protect: false,
      ignoreChanges: [],
      aliases: [],
      customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
      additionalSecretOutputs: [],
    },
    dependencies: [],
    propertyDependencies: {},
    isType: (resourceClass) => (resourceClass as { __pulumiType?: string }).__pulumiType === type,
    asType: () => undefined,
  };
}

class NotApplicable extends Error {}

const notApplicable = (): never => {
  throw new NotApplicable();
};

/** Takes findings as the SDK does, which prints a text below the policy's description and an object's message alone. */
function collector(policy: FixturePolicy) {
  const messages: string[] = [];
  const advisory: string[] = [];
  const report = (
    finding: string | { message: string; urn?: string; enforcementLevel?: string },
    urn?: string,
  ): void => {
    const isText = typeof finding === "string";
    const prefix = `${policy.description}\n`;
    if (!isText && !finding.message.startsWith(prefix)) throw new Error(`no description: ${finding.message}`);
    const text = isText ? finding : finding.message.slice(prefix.length);
    const about = (isText ? urn : finding.urn)?.split("::").at(-1);
    const message = about === undefined ? text : `${about}: ${text}`;
    messages.push(message);
    if (!isText && finding.enforcementLevel === "advisory") advisory.push(message);
  };
  return {
    report,
    during(run: () => void): Judgement {
      try {
        run();
      } catch (error) {
        if (!(error instanceof NotApplicable)) throw error;
        return { messages, advisory, notApplicable: true };
      }
      return { messages, advisory, notApplicable: false };
    },
  };
}
