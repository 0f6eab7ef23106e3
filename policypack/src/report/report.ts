/**
 * What a finding means for the gate:
 * - `mandatory`, `advisory`: a violation at that enforcement level (`remediate` counts as mandatory);
 * - `refused`: the provider's `check` refuses the inputs, which fails every run;
 * - `exempted`: a violation that a valid exemption covers;
 * - `undecided`: a rule that could not judge what preview does not know yet;
 * - `remediated`: a rule changed the inputs, and what it was given would have been a violation.
 */
export const OUTCOMES = ["mandatory", "refused", "advisory", "undecided", "exempted", "remediated"] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface Finding {
  readonly outcome: Outcome;
  /** The policy's name; for `refused`, the input property, or `inputs` if it concerns no single one. */
  readonly rule: string;
  /** The pack's name; for `refused`, {@link PROVIDER_CHECK}. */
  readonly pack: string;
  /** `low`, `medium`, `high` or `critical`; absent if the policy has none. */
  readonly severity?: string;
  /** The URN of the resource; empty if the finding concerns no single one. */
  readonly urn: string;
  /** The policy's description, empty if none was sent. */
  readonly description: string;
  readonly message: string;
  /** Where the program registers the resource, as far as the run knows it. */
  readonly source?: SourcePosition;
}

/** A file relative to the folder in which the command runs, with forward slashes; the line and column count from 1. */
export interface SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A rule that ran, with what the run tells of it. */
export interface Rule {
  readonly name: string;
  readonly description?: string;
  readonly url?: string;
  readonly tags?: readonly string[];
  /** How many resources (or stacks) it passed. */
  readonly passed: number;
}

export interface Pack {
  readonly name: string;
  readonly version: string;
  /** Sorted by name. */
  readonly rules: readonly Rule[];
}

export interface Report {
  /** `project/stack`, or empty if the run tells none. */
  readonly stack: string;
  /** Seconds since 1970, when the run began. */
  readonly startedAtSeconds: number;
  /** Sorted by name. */
  readonly packs: readonly Pack[];
  /** Sorted by URN, rule, message. */
  readonly findings: readonly Finding[];
  /** What a reader must know to judge the report, one line each. */
  readonly notes: readonly string[];
  /** Why the run is not the whole truth, one line each. A report with any is never green. */
  readonly problems: readonly string[];
}

/** Stands where a pack's name stands, for findings of the provider. */
export const PROVIDER_CHECK = "provider check";

/** The same findings in the order of every report: by URN, rule and message, each once. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  const byKey = new Map(findings.map((finding) => [sortKey(finding), finding]));
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, finding]) => finding);
}

// The separator sorts before every character that a URN or a name may hold.
const sortKey = ({ urn, rule, message, outcome, pack }: Finding) => [urn, rule, message, outcome, pack].join("\u0000");

/** A resource's logical name and type out of its URN: `urn:pulumi:<stack>::<project>::<parents$><type>::<name>`. */
export function readUrn(urn: string): { readonly name: string; readonly type: string } {
  const [, , qualifiedType = "", ...name] = urn.split("::");
  return { name: name.join("::"), type: qualifiedType.split("$").at(-1) ?? "" };
}

/** How many findings there are of each outcome. */
export function countOutcomes(findings: readonly Finding[]): Readonly<Record<Outcome, number>> {
  const count = (outcome: Outcome) => findings.filter((finding) => finding.outcome === outcome).length;
  return Object.fromEntries(OUTCOMES.map((outcome) => [outcome, count(outcome)])) as Record<Outcome, number>;
}
