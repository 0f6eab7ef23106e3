import {
  unknownCheckingProxy,
  type Policy,
  type PolicyResource,
  type ResourceValidationArgs,
  type StackValidationArgs,
} from "@pulumi/policy";
import { schemaDefaults } from "./engineConfig";
import {
  dependencyUrn,
  nameOf,
  optionsOf,
  urnOf,
  type ResourceDescription,
  type StackDescription,
} from "./resourceDescription";
import { withoutInternalKeys, withoutSecrets, type Properties } from "./wireValues";

export interface ArgsSettings extends StackDescription {
  /** The policy whose schema gives the defaults of the configuration, as the engine does it. */
  readonly policy?: Pick<Policy, "configSchema">;
  /** The policy's options, without its level. */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly stackTags?: Readonly<Record<string, string>>;
}

/** What a policy throws to say that it has nothing to do with a resource; the SDK's own class is not exported. */
export class NotApplicable extends Error {
  constructor(readonly reason: string) {
    super(reason);
  }
}

/** The arguments that a resource policy receives: properties that throw when they are unknown, secrets in clear text. */
export function resourceArgs(resource: ResourceDescription, settings: ArgsSettings = {}): ResourceValidationArgs {
  return { ...matched(resource, settings), ...common(settings) } as ResourceValidationArgs;
}

/** The arguments that a stack policy receives, its resources in the order given; the engine's order is random. */
export function stackArgs(resources: readonly ResourceDescription[], settings: ArgsSettings = {}): StackValidationArgs {
  const built = new Map<string, PolicyResource>();
  for (const resource of resources) built.set(urnOf(resource, settings), matched(resource, settings) as PolicyResource);
  const find = (references: readonly string[]) =>
    references.flatMap((reference) => built.get(dependencyUrn(reference, resources, settings)) ?? []);
  for (const resource of resources) {
    const { opts, dependencies = [], propertyDependencies = {} } = resource;
    const target = built.get(urnOf(resource, settings));
    if (target === undefined) continue;
    const parent = opts?.parent === undefined ? undefined : built.get(opts.parent);
    if (parent !== undefined) target.parent = parent;
    target.dependencies = find(dependencies);
    const byProperty = Object.entries(propertyDependencies).map(([key, references]) => [key, find(references)]);
    target.propertyDependencies = Object.fromEntries(byProperty) as PolicyResource["propertyDependencies"];
  }
  return { resources: [...built.values()], ...common(settings) } as StackValidationArgs;
}

/** Source: makeAnalyzeRpcFun and isTypeOf of @pulumi/policy 1.21 (server.js). */
function matched(resource: ResourceDescription, settings: ArgsSettings) {
  const { type, provider } = resource;
  const props = received(resource.props);
  const isType = (resourceClass: object) => isTypeOf(type, resourceClass);
  return {
    type,
    props,
    urn: urnOf(resource, settings),
    name: nameOf(resource),
    opts: optionsOf(resource),
    isType,
    asType: (resourceClass: object) => (isType(resourceClass) ? props : undefined),
    dependencies: [],
    propertyDependencies: {},
    ...(provider === undefined ? {} : { provider: { ...provider, props: received(provider.props) } }),
  };
}

function common({ policy, config, stackTags = {} }: ArgsSettings) {
  return {
    stackTags: new Map(Object.entries(stackTags)),
    getConfig: () => ({ ...schemaDefaults(policy?.configSchema?.properties), ...config }),
    notApplicable: (reason = "Policy does not apply"): never => {
      throw new NotApplicable(reason);
    },
  };
}

// The SDK exports it for test fixtures, and leaves its type out.
const proxy = unknownCheckingProxy as (props: unknown) => Record<string, unknown>;
const received = (props: Properties) => proxy(withoutSecrets(withoutInternalKeys(props)));

function isTypeOf(type: string, resourceClass: object): boolean {
  const { __pulumiType: pulumiType, isInstance } = resourceClass as { __pulumiType?: unknown; isInstance?: unknown };
  if (typeof pulumiType === "string" && pulumiType !== "") return pulumiType === type;
  return typeof isInstance === "function" && isInstance.call(resourceClass, { __pulumiType: type }) === true;
}
