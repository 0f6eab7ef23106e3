/** Which rules could not decide by which properties, for each resource, until the policy `undecided` takes it. */
export class UndecidedLedger {
  readonly #byUrn = new Map<string, Map<string, Set<string>>>();

  note(urn: string, property: string, rule: string): void {
    const properties = this.#byUrn.get(urn) ?? new Map<string, Set<string>>();
    properties.set(property, (properties.get(property) ?? new Set()).add(rule));
    this.#byUrn.set(urn, properties);
  }

  /** The rules by property, both sorted. What is taken is gone. */
  take(urn: string): readonly UndecidedProperty[] {
    const properties = [...(this.#byUrn.get(urn) ?? [])];
    this.#byUrn.delete(urn);
    return properties
      .map(([property, rules]) => ({ property, rules: [...rules].sort() }))
      .sort((a, b) => (a.property < b.property ? -1 : 1));
  }
}

interface UndecidedProperty {
  readonly property: string;
  readonly rules: readonly string[];
}
