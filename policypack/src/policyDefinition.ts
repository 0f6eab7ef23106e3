import type { Policy } from "@pulumi/policy";
import type { OptionTable, OptionValues } from "./options";
import type { PackContext } from "./packContext";
import type { RulePage } from "./rulePage";
import type { Subject } from "./subject";

export const LEVELS = ["advisory", "mandatory", "remediate", "disabled"] as const;

export type Level = (typeof LEVELS)[number];

/** One thing that is wrong. */
export interface Finding {
  /** A sentence that names the property, and no value that may name a person or be a secret. */
  readonly problem: string;
  /** How to put it right, if the policy's own fix is too general; null where there is nothing to put right. */
  readonly fix?: string | null;
  /** Set where the finding is a doubt, whatever the policy's level is. */
  readonly level?: "advisory";
  /** The resource meant, in a finding on the whole stack. */
  readonly about?: Subject;
}

/** Rules are pure but for what they remember of the run: the same input always gives the same findings in the same order. */
export type JudgeResource<O extends OptionTable> = (
  subject: Subject,
  options: OptionValues<O>,
  pack: PackContext,
) => readonly Finding[];

export interface JudgedStack {
  /** Sorted by URN. */
  readonly fixtures: readonly Subject[];
  readonly root: Pick<Subject, "urn" | "name">;
}

export interface PolicyDefinition<O extends OptionTable> {
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
  readonly level: "advisory" | "mandatory";
  readonly severity: NonNullable<Policy["severity"]>;
  /** False for a rule whose findings no exemption may let pass. */
  readonly exemptible: boolean;
  readonly options: O;
  readonly page: RulePage;
  /** Runs on every resource before anything is judged. */
  readonly prepare?: (options: OptionValues<O>, pack: PackContext) => void;
  /** Findings on the root stack, which the engine analyzes before every other resource. */
  readonly judgeRoot?: (options: OptionValues<O>, pack: PackContext) => readonly Finding[];
  readonly judgeResource?: JudgeResource<O>;
  /** Makes a `judgeResource` that remembers the resources it has seen in this process. */
  readonly startJudging?: () => JudgeResource<O>;
  readonly judgeStack?: (stack: JudgedStack, options: OptionValues<O>, pack: PackContext) => readonly Finding[];
  /** Lossless corrections by property. Runs at the level `remediate` alone. */
  readonly remediate?: (subject: Subject, options: OptionValues<O>) => Readonly<Record<string, string>>;
}
