import type { ResourceValidationArgs, ResourceValidationPolicy } from "@pulumi/policy";
import { DEVICE_COMPLIANCE_DEVICE_STATUS_TYPE, deviceComplianceDeviceStatus } from "pulumi-intune/model";
import { optionSchemas, parseOptions, type OptionTable, type OptionValues } from "./options";
import { isUnknownRead, peek, type Read } from "./peek";

/** The engine analyzes the root stack as the first resource of every run. */
const ROOT_STACK_TYPE = "pulumi:pulumi:Stack";

/** One thing wrong with a resource: a sentence that names the property, and how to put it right if the policy's own fix is too general. */
export interface Finding {
  readonly problem: string;
  readonly fix?: string;
}

/** A rule is pure: the same readings and options always give the same findings, in the same order. */
export type Rule<O extends OptionTable> = (read: Read, options: OptionValues<O>) => readonly Finding[];

interface PolicyDefinition<O extends OptionTable> {
  /** kebab-case; also the name of the rule's page under docs/rules. */
  readonly name: string;
  /** Stable short id, printed with every finding. Never given to another rule. */
  readonly id: string;
  readonly displayName: string;
  /** The rule as one sentence; the CLI prints it above the finding. */
  readonly description: string;
  /** What to do about a finding, as a clause that follows "Fix: ". */
  readonly fix: string;
  readonly tags: readonly string[];
  readonly options: O;
  readonly rule: Rule<O>;
}

/** A Pulumi resource policy with its short id. */
export interface FixturePolicy extends ResourceValidationPolicy {
  readonly id: string;
}

/** Build the Pulumi policy around a rule: type match, options, unknown values, message form, and a net for faults of the rule itself. */
export function definePolicy<O extends OptionTable>(definition: PolicyDefinition<O>): FixturePolicy {
  const { name, id, displayName, description, fix, tags, options } = definition;
  const page = `docs/rules/${name}.md`;
  return {
    name,
    id,
    displayName,
    description,
    // Set on each policy although the pack says the same: a pack default is lost on whoever imports the policies alone.
    enforcementLevel: "mandatory",
    severity: "high",
    tags: [id, ...tags],
    url: deviceComplianceDeviceStatus.documentation,
    remediationSteps: `${fix.charAt(0).toUpperCase()}${fix.slice(1)}. See ${page}.`,
    configSchema: { properties: optionSchemas(options) },
    validateResource(args, report) {
      const findings = judge(definition, args);
      if (findings === undefined) args.notApplicable(`${name} judges ${DEVICE_COMPLIANCE_DEVICE_STATUS_TYPE}`);
      else for (const found of findings) report(`${found.problem} Fix: ${found.fix ?? fix} [${id}] ${page}`);
    },
  };
}

/** The findings on a resource, or undefined if the policy has nothing to do with it. Never throws. */
function judge<O extends OptionTable>(
  { name, options, rule }: PolicyDefinition<O>,
  args: ResourceValidationArgs,
): readonly Finding[] | undefined {
  try {
    const { value, faults } = parseOptions(options, args.getConfig());
    // Faults of the configuration concern no single fixture, so they are reported once, on the stack.
    if (args.type === ROOT_STACK_TYPE && faults.length > 0)
      return faults.map((fault) => configurationFinding(name, fault));
    return args.type === DEVICE_COMPLIANCE_DEVICE_STATUS_TYPE ? rule(peek(args.props), value) : undefined;
  } catch (error) {
    // An unknown value that a rule met below a property's surface: nothing can be said in preview; `up` judges it.
    return isUnknownRead(error) ? [] : [ownFault(error)];
  }
}

const configurationFinding = (name: string, problem: string): Finding => ({
  problem,
  fix: `correct the entry "${name}" of the --policy-pack-config file`,
});

/**
 * An exception that left a policy would fail the whole Analyze call, and with it the findings of all other policies.
 * The error's message stays out, as it may hold values.
 */
const ownFault = (error: unknown): Finding => ({
  problem: `The policy could not judge this resource (${error instanceof Error ? error.name : typeof error}).`,
  fix: "report this as a defect of the policy pack, or set the policy to advisory until it is mended",
});
