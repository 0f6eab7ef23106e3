import type { Finding, Outcome, Report } from "./report";

/** What `--fail-on` may name. Mandatory findings and refusals of the provider fail always. */
export const FAIL_ON = ["mandatory", "advisory", "undecided"] as const;
export type FailOn = (typeof FAIL_ON)[number];

export const EXIT_OK = 0;
export const EXIT_FINDINGS = 1;
/** Wrong usage, or a run that cannot be reported on: nothing was proven. */
export const EXIT_UNUSABLE = 2;

/** Whether a finding fails the gate. An exempted or remediated one never does. */
export function fails({ outcome }: Finding, failOn: readonly FailOn[]): boolean {
  const failing: readonly Outcome[] = ["mandatory", "refused", ...failOn];
  return failing.includes(outcome);
}

/** Findings are certain even where the run is not complete, so they go before problems. */
export function exitCodeOf({ findings, problems }: Report, failOn: readonly FailOn[]): number {
  if (findings.some((finding) => fails(finding, failOn))) return EXIT_FINDINGS;
  return problems.length > 0 ? EXIT_UNUSABLE : EXIT_OK;
}
