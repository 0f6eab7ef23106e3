import type { PolicyResourceOptions } from "@pulumi/policy";
import type { Properties } from "./wireValues";

/** A resource as a caller describes it; what is not given is what a plain resource of the stack has. */
export interface ResourceDescription {
  readonly type: string;
  /** The logical name; `resource` without one. */
  readonly name?: string;
  /** Inputs for a resource policy, outputs for a stack policy. */
  readonly props: Properties;
  /** Built from stack, project, type and name without one. */
  readonly urn?: string;
  readonly opts?: Partial<PolicyResourceOptions>;
  readonly provider?: {
    readonly type: string;
    readonly name: string;
    readonly urn: string;
    readonly props: Properties;
  };
  /** URNs, or names of resources of the same stack. */
  readonly dependencies?: readonly string[];
  /** The same per property. */
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
}

/** Where a resource stands; every part has the value of {@link DEFAULT_STACK} unless given. */
export interface StackDescription {
  readonly organization?: string;
  readonly project?: string;
  readonly stack?: string;
}

export const DEFAULT_STACK: Required<StackDescription> = {
  organization: "organization",
  project: "project",
  stack: "dev",
};

export const nameOf = ({ name = "resource" }: ResourceDescription): string => name;

/** The URN that the engine gives a resource of the stack. */
export function urnOf(resource: ResourceDescription, { project, stack }: StackDescription = {}): string {
  if (resource.urn !== undefined) return resource.urn;
  const parentType = resource.opts?.parent?.split("::")[2];
  // The root stack is no part of its children's URNs.
  const prefix = parentType === undefined || parentType === "pulumi:pulumi:Stack" ? "" : `${parentType}$`;
  const stackPart = `urn:pulumi:${stack ?? DEFAULT_STACK.stack}::${project ?? DEFAULT_STACK.project}`;
  return `${stackPart}::${prefix}${resource.type}::${nameOf(resource)}`;
}

/** The options with every field that a policy may read. */
export function optionsOf({ opts = {} }: ResourceDescription): PolicyResourceOptions {
  return {
    protect: false,
    ignoreChanges: [],
    aliases: [],
    customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
    additionalSecretOutputs: [],
    ...opts,
  };
}

/** The URN that a dependency names, given the stack's resources by name. */
export function dependencyUrn(
  reference: string,
  resources: readonly ResourceDescription[],
  stack: StackDescription,
): string {
  if (reference.startsWith("urn:")) return reference;
  const named = resources.find((resource) => nameOf(resource) === reference);
  if (named === undefined) throw new Error(`dependency "${reference}" is neither a URN nor a resource of this stack`);
  return urnOf(named, stack);
}
