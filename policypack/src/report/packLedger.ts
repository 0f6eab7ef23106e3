import type { EngineEvent, PolicySummary } from "./engineEvents";
import type { Pack } from "./report";

/** Collects which packs ran in an operation, which rules they have, and how often each rule passed. */
export class PackLedger {
  readonly #packs = new Map<string, { version: string; readonly passedByRule: Map<string, number> }>();

  read(event: EngineEvent): void {
    for (const [key, version] of Object.entries(event.summaryEvent?.PolicyPacks ?? {}))
      // The rest of a key is the folder of the pack, which is no business of a report's readers.
      this.#pack(key.split("|")[0] ?? key, version);
    const { policyEvent: policy, policyAnalyzeSummaryEvent: resource, policyAnalyzeStackSummaryEvent: stack } = event;
    if (policy?.policyPackName !== undefined) this.#pack(policy.policyPackName, policy.policyPackVersion);
    for (const summary of [resource, stack]) if (summary !== undefined) this.#readSummary(summary);
  }

  addRule(packName: string, rule: string, passed = 0): void {
    const { passedByRule } = this.#pack(packName);
    passedByRule.set(rule, (passedByRule.get(rule) ?? 0) + passed);
  }

  isEmpty(): boolean {
    return this.#packs.size === 0;
  }

  packs(): readonly Pack[] {
    return byName(
      [...this.#packs].map(([name, { version, passedByRule }]) => ({
        name,
        version,
        rules: byName([...passedByRule].map(([rule, passed]) => ({ name: rule, passed }))),
      })),
    );
  }

  #readSummary({ policyPackName = "unnamed", policyPackVersion, passed = [], failed = [] }: PolicySummary): void {
    this.#pack(policyPackName, policyPackVersion);
    for (const rule of passed) this.addRule(policyPackName, rule, 1);
    for (const rule of failed) this.addRule(policyPackName, rule);
  }

  #pack(name: string, version = "") {
    const known = this.#packs.get(name) ?? { version, passedByRule: new Map<string, number>() };
    if (known.version === "") known.version = version;
    this.#packs.set(name, known);
    return known;
  }
}

const byName = <T extends { readonly name: string }>(items: readonly T[]): readonly T[] =>
  [...items].sort((a, b) => (a.name < b.name ? -1 : 1));
