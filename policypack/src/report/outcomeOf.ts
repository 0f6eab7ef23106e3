import type { Outcome } from "./report";

/**
 * What a policy's finding means, from its level and text. Pulumi's protocol has no field for exemptions or for rules
 * that could not decide, so they are advisory findings with a known form of words. A finding of any other level is never
 * softened by its text.
 */
export function outcomeOf(enforcementLevel: string, message: string): Outcome {
  if (enforcementLevel !== "advisory") return "mandatory";
  if (EXEMPTED.test(message)) return "exempted";
  return UNDECIDED.some((form) => form.test(message)) ? "undecided" : "advisory";
}

/** The form of this pack's exempted findings. */
const EXEMPTED = /^Exempted\b/m;

const UNDECIDED = [
  /^Undecided\b/m,
  // What @pulumi/policy 1.21 says for any pack whose policy read an unknown value (makeAnalyzeRpcFun in server.js).
  /^can't run policy '.*' from policy pack '.*' during preview: /m,
];
