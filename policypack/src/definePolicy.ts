import type { Policy, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { deviceComplianceDeviceStatus } from "pulumi-intune/model";
import { judgeResource, judgeStack, remediate, type Judging } from "./judging";
import { optionReader, optionSchemas, withStandards, type OptionTable } from "./options";
import type { PackContext } from "./packContext";
import type { Level, PolicyDefinition } from "./policyDefinition";
import type { RulePage } from "./rulePage";

/** A Pulumi policy with what reports and documentation need of it. */
export interface FixturePolicy extends Policy {
  readonly id: string;
  /** Path of its page, which every message ends with. */
  readonly page: string;
  readonly exemptible: boolean;
  /** What it judges. */
  readonly kinds: readonly ("configuration" | "resource" | "stack")[];
  readonly options: OptionTable;
  readonly documentation: RulePage & { readonly fix: string };
  validateResource?: NonNullable<ResourceValidationPolicy["validateResource"]>;
  remediateResource?: NonNullable<ResourceValidationPolicy["remediateResource"]>;
  validateStack?: StackValidationPolicy["validateStack"];
}

/** A policy before it is part of a pack. */
export interface PolicyTemplate {
  readonly name: string;
  readonly exemptible: boolean;
  readonly options: OptionTable;
  /** Level and options given here are the policy's defaults; `--policy-pack-config` goes before both. */
  create(pack: PackContext, defaults?: PolicyDefaults): FixturePolicy;
}

export interface PolicyDefaults {
  readonly level?: Level;
  readonly options?: Readonly<Record<string, unknown>>;
}

/** Build a Pulumi policy around a rule: type match, options, exemptions, unknown values, messages, and a net for faults of the rule itself. */
export function definePolicy<O extends OptionTable>(definition: PolicyDefinition<O>): PolicyTemplate {
  const { name, exemptible, options } = definition;
  return { name, exemptible, options, create: (pack, defaults = {}) => createPolicy(definition, pack, defaults) };
}

function createPolicy<O extends OptionTable>(
  definition: PolicyDefinition<O>,
  pack: PackContext,
  { level = definition.level, options: given = {} }: PolicyDefaults,
): FixturePolicy {
  const { name, id, displayName, description, fix, tags, severity, exemptible } = definition;
  const options = withStandards(definition.options, given);
  const page = `docs/rules/${name}.md`;
  const judging: Judging<O> = {
    definition,
    pack,
    page,
    readOptions: optionReader(options),
    judge: definition.judgeResource ?? definition.startJudging?.(),
  };
  return {
    name,
    id,
    page,
    displayName,
    description,
    exemptible,
    kinds: [
      ...(definition.judgeRoot === undefined ? [] : (["configuration"] as const)),
      ...(judging.judge === undefined ? [] : (["resource"] as const)),
      ...(definition.judgeStack === undefined ? [] : (["stack"] as const)),
    ],
    options,
    documentation: { ...definition.page, fix },
    // Set on each policy although the pack says the same: a pack default is lost on whoever imports the policies alone.
    enforcementLevel: level,
    severity,
    tags: [id, ...tags],
    url: deviceComplianceDeviceStatus.documentation,
    remediationSteps: `${fix.charAt(0).toUpperCase()}${fix.slice(1)}. See ${page}.`,
    configSchema: { properties: optionSchemas(options) },
    validateResource: (args, report) => {
      judgeResource(judging, args, report);
    },
    ...(definition.judgeStack === undefined
      ? {}
      : {
          validateStack: (args, report) => {
            judgeStack(judging, args, report);
          },
        }),
    ...(definition.remediate === undefined ? {} : { remediateResource: (args) => remediate(judging, args) }),
  };
}
