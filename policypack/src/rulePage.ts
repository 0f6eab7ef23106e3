/** What a rule's page under docs/rules says beside what the policy itself holds. `npm run docs` writes the pages. */
export interface RulePage {
  /** Markdown paragraphs. */
  readonly why: readonly string[];
  readonly bad: Example;
  readonly good: Example;
  /** The policy's entry in a configuration file, to show its options: with level and options, or the level alone. */
  readonly configuration: Readonly<Record<string, unknown>> | string;
  /** More on how to put a finding right, as Markdown paragraphs. */
  readonly more?: readonly string[];
}

/** Resources with what surrounds them. The page prints them, and the findings on the bad ones, as code. */
export interface Example {
  /** Inputs of each fixture by logical name; one that preview cannot know is `{ expression: "other.id" }`. */
  readonly fixtures: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** The configuration file, where the example needs one. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Stack configuration, by key. */
  readonly stackConfig?: Readonly<Record<string, string>>;
  /** The stack's name, where it matters. */
  readonly stack?: string;
}

/** Inputs that break no rule. */
export const EXAMPLE_INPUTS = {
  deviceCompliancePolicyId: "4f8f3a3e-5d0a-4c8e-9d6b-2f1c7f6f1a11",
  platform: 0,
  status: "nonCompliant",
  lastReportedDateTime: "2026-01-31T09:30:00Z",
  complianceGracePeriodExpirationDateTime: "2026-02-07T09:30:00Z",
};
