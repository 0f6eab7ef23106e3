import { splitMessage } from "../report/messageText";
import { outcomeOf } from "../report/outcomeOf";
import { readUrn, type Finding, type SourcePosition } from "../report/report";
import { refusal, remediationText } from "../report/findings";
import type { Analyzer } from "../testing/analyzer";
import type { Analysis, PackInfo } from "../testing/analyzerAnswers";
import type { ResourceDescription } from "../testing/resourceDescription";
import { withoutInternalKeys, type Properties } from "../testing/wireValues";
import { isDynamic, type DynamicProvider } from "./dynamicProvider";
import type { Registration } from "./registration";

export interface GateParts {
  /** Its policies are those that are not disabled. */
  readonly pack: PackInfo;
  readonly analyzer: Pick<Analyzer, "analyze" | "analyzeStack" | "remediate">;
  readonly provider: Pick<DynamicProvider, "check">;
  /** What the engine tells policies of the provider of dynamic resources. */
  readonly providerResource: NonNullable<ResourceDescription["provider"]>;
}

/** Judges each resource in the engine's order, check, remediate, analyze, and keeps what it found. */
export class Gate {
  readonly findings: Finding[] = [];
  /** One line each: where a judgement could not be had. */
  readonly problems: string[] = [];
  readonly #resources: Registration[] = [];
  /** How many resources each rule passed. */
  readonly passedByRule = new Map<string, number>();

  constructor(private readonly parts: GateParts) {}

  /** Types of resources whose providers were not asked, since they are plugins. */
  uncheckedTypes(): readonly string[] {
    const unchecked = this.#resources.filter(({ custom, type }) => custom && !isDynamic(type));
    return [...new Set(unchecked.map(({ type }) => type))].filter((type) => !type.startsWith("pulumi:")).sort();
  }

  /** @returns the properties as preview would know them */
  async judge(registration: Registration): Promise<Properties> {
    const described = isDynamic(registration.type)
      ? { ...registration, provider: this.parts.providerResource }
      : registration;
    const checked = { ...described, props: await this.#check(described) };
    const resource = { ...checked, props: await this.#remediate(checked) };
    this.#resources.push(resource);
    await this.#attempt(readUrn(resource.urn).name, async () => {
      this.#keep(await this.parts.analyzer.analyze(resource), resource, "resource");
    });
    return resource.props;
  }

  /** Run the stack policies over all that was registered, in the order of URNs. */
  async judgeStack(): Promise<void> {
    const resources = [...this.#resources].sort((a, b) => (a.urn < b.urn ? -1 : 1));
    const root = resources.find(({ type }) => type === "pulumi:pulumi:Stack");
    await this.#attempt("the stack", async () => {
      this.#keep(await this.parts.analyzer.analyzeStack(resources), { urn: root?.urn ?? "" }, "stack");
    });
  }

  async #check(resource: Registration): Promise<Properties> {
    if (!resource.custom || !isDynamic(resource.type)) return resource.props;
    let inputs = resource.props;
    await this.#attempt(resource.name, async () => {
      const checked = await this.parts.provider.check(resource);
      inputs = checked.inputs;
      for (const { property, reason } of checked.failures)
        this.findings.push({ ...refusal(property, reason, resource.urn), ...sourceOf(resource) });
    });
    return inputs;
  }

  async #remediate(resource: Registration): Promise<Properties> {
    let { props } = resource;
    await this.#attempt(resource.name, async () => {
      for (const { policy, props: after } of await this.parts.analyzer.remediate(resource)) {
        if (after === undefined) continue;
        const message = remediationText(withoutInternalKeys(props), withoutInternalKeys(after));
        const found = { rule: policy, pack: this.parts.pack.name, urn: resource.urn, description: "", message };
        this.findings.push({ outcome: "remediated", ...found, ...sourceOf(resource) });
        props = after;
      }
    });
    return props;
  }

  #keep(analysis: Analysis, subject: { urn: string; source?: SourcePosition }, kind: "resource" | "stack"): void {
    const { pack } = this.parts;
    for (const { policy, level, severity, message: text, urn = subject.urn } of analysis.diagnostics) {
      const source = this.#resources.find((resource) => resource.urn === urn)?.source ?? subject.source;
      const found = { rule: policy, pack: pack.name, urn, ...splitMessage(text), ...sourceOf({ source }) };
      const graded = severity === "unspecified" ? {} : { severity };
      this.findings.push({ outcome: outcomeOf(level, text), ...found, ...graded });
    }
    const silent = new Set([...analysis.notApplicable, ...analysis.diagnostics.map(({ policy }) => policy)]);
    for (const { name } of pack.policies.filter((policy) => policy.kind === kind && !silent.has(policy.name)))
      this.passedByRule.set(name, (this.passedByRule.get(name) ?? 0) + 1);
  }

  /** A process that fails to answer is a problem of the run; its text may quote values, and stays out. */
  async #attempt(subject: string, run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      const { code = "no code" } = error as { code?: number | string };
      this.problems.push(`${subject} could not be judged: the provider or the policy pack failed (gRPC ${code}).`);
    }
  }
}

const sourceOf = ({ source }: { source?: SourcePosition | undefined }) => (source === undefined ? {} : { source });
