import type { PolicyResource, ReportViolation, ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";
import { DEVICE_COMPLIANCE_DEVICE_STATUS_TYPE } from "pulumi-intune/model";
import type { Finding, JudgeResource, PolicyDefinition } from "./policyDefinition";
import type { OptionTable, Parsed, OptionValues } from "./options";
import type { PackContext } from "./packContext";
import { isUnknownRead } from "./peek";
import { reportAdvisory } from "./reportAdvisory";
import { subjectOf, type Subject } from "./subject";

/** The engine analyzes the root stack before every other resource of a run. */
const ROOT_STACK_TYPE = "pulumi:pulumi:Stack";

/** One policy at work in one pack. */
export interface Judging<O extends OptionTable> {
  readonly definition: PolicyDefinition<O>;
  readonly pack: PackContext;
  readonly page: string;
  readonly readOptions: (config: object) => Parsed<OptionValues<O>>;
  readonly judge: JudgeResource<O> | undefined;
}

type RemediationArgs = Pick<ResourceValidationArgs, "type" | "urn" | "name" | "props" | "stackTags" | "getConfig">;

/** Judge one resource: a fixture, or the root stack for what concerns no single fixture. Never throws but to say "not applicable". */
export function judgeResource<O extends OptionTable>(
  judging: Judging<O>,
  args: ResourceValidationArgs,
  report: ReportViolation,
): void {
  const { definition, pack, readOptions, judge } = judging;
  const findings = caught(judging, args.urn, () => {
    const { value, faults } = readOptions(args.getConfig());
    definition.prepare?.(value, pack);
    if (args.type === ROOT_STACK_TYPE) {
      const own = definition.judgeRoot?.(value, pack);
      return faults.length === 0 ? own : [...faults.map(configurationFinding(definition.name)), ...(own ?? [])];
    }
    if (args.type !== DEVICE_COMPLIANCE_DEVICE_STATUS_TYPE || judge === undefined) return undefined;
    return judge(subject(judging, args), value, pack);
  });
  if (findings === undefined) {
    args.notApplicable(`${definition.name} judges ${DEVICE_COMPLIANCE_DEVICE_STATUS_TYPE}`);
  }
  for (const finding of findings) send(judging, finding, args, report);
}

/** Judge a stack as it is after preview, or after all of it was made. */
export function judgeStack<O extends OptionTable>(
  judging: Judging<O>,
  args: StackValidationArgs,
  report: ReportViolation,
): void {
  const { definition, pack, readOptions } = judging;
  const root = args.resources.find(({ type }) => type === ROOT_STACK_TYPE) ?? { urn: "", name: "" };
  const findings = caught(judging, root.urn, () => {
    const { value } = readOptions(args.getConfig());
    definition.prepare?.(value, pack);
    // The engine sends them in the order of a concurrent map.
    const fixtures = args.resources
      .filter(({ type }) => type === DEVICE_COMPLIANCE_DEVICE_STATUS_TYPE)
      .sort((a, b) => (a.urn < b.urn ? -1 : 1))
      .map((resource) => subjectOf(resource, args.stackTags, ignore));
    return definition.judgeStack?.({ fixtures, root }, value, pack);
  });
  for (const finding of findings ?? []) send(judging, finding, finding.about ?? root, report);
}

/** The corrected properties, or undefined if there is nothing to correct. Whatever fails here is left for validation to report. */
export function remediate<O extends OptionTable>(
  judging: Judging<O>,
  args: RemediationArgs,
): Record<string, unknown> | undefined {
  if (args.type !== DEVICE_COMPLIANCE_DEVICE_STATUS_TYPE || exemptionFor(judging, args) !== undefined) return undefined;
  const { definition, readOptions } = judging;
  try {
    const { value } = readOptions(args.getConfig());
    const changes = Object.entries(definition.remediate?.(subjectOf(args, args.stackTags, ignore), value) ?? {});
    if (changes.length === 0) return undefined;
    // Changed in place: what is returned replaces all inputs, __provider, secrets and unknown values among them.
    const props = args.props as Record<string, unknown>;
    for (const [property, corrected] of changes) props[property] = corrected;
    return props;
  } catch {
    return undefined;
  }
}

/** Stack rules and remediation: the resource rule of the same name has said what is not known. */
const ignore = (): undefined => undefined;

const subject = <O extends OptionTable>({ definition, pack }: Judging<O>, args: ResourceValidationArgs): Subject =>
  subjectOf(args, args.stackTags, (urn, property) => {
    pack.undecided.note(urn, property, definition.name);
  });

/**
 * An exception that left a policy would fail the whole Analyze call, and with it the findings of all other policies.
 * An unknown value met below a property's surface is no fault: the rule is undecided by that property.
 */
function caught<O extends OptionTable>(
  { definition, pack }: Judging<O>,
  urn: string,
  judge: () => readonly Finding[] | undefined,
): readonly Finding[] | undefined {
  try {
    return judge();
  } catch (error) {
    if (!isUnknownRead(error)) return [ownFault(error)];
    const [property = ""] = (error as { readonly props?: readonly string[] }).props ?? [];
    pack.undecided.note(urn, property, definition.name);
    return [];
  }
}

/** The error's message stays out, as it may hold values. */
const ownFault = (error: unknown): Finding => ({
  problem: `The policy could not judge this resource (${error instanceof Error ? error.name : typeof error}).`,
  fix: "report this as a defect of the policy pack, or set the policy to advisory until it is mended",
});

const configurationFinding =
  (name: string) =>
  (problem: string): Finding => ({
    problem,
    fix: `correct the entry "${name}" of the --policy-pack-config file`,
  });

const exemptionFor = <O extends OptionTable>(
  { definition: { name, exemptible }, pack }: Judging<O>,
  on: Pick<PolicyResource, "urn" | "name">,
) => (exemptible ? pack.exemptions.find(({ policy, covers }) => policy === name && covers(on)) : undefined);

function send<O extends OptionTable>(
  judging: Judging<O>,
  { problem, fix: ownFix, level, about }: Finding,
  on: Pick<PolicyResource, "urn" | "name">,
  report: ReportViolation,
): void {
  const { id, description, fix } = judging.definition;
  const tail = `[${id}] ${judging.page}`;
  const exemption = exemptionFor(judging, on);
  const advice = ownFix === null ? "" : ` Fix: ${ownFix ?? fix}`;
  if (exemption !== undefined) {
    const { expires, owner, reason } = exemption;
    reportAdvisory(
      report,
      description,
      `Exempted until ${expires} by ${owner}: ${reason}. ${problem} ${tail}`,
      about?.urn,
    );
  } else if (level === "advisory") reportAdvisory(report, description, `${problem}${advice} ${tail}`, about?.urn);
  else report(`${problem}${advice} ${tail}`, about?.urn);
}
