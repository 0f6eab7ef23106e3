import { PROVIDER_CHECK, type Finding } from "./report";

/** The finding for what a provider's `check` refused. */
export function refusal(property: string, reason: string, urn: string): Finding {
  const message = property === "" ? reason : `${property}: ${reason}`;
  const description = "The provider's check must accept the inputs of a resource.";
  return { outcome: "refused", rule: property || "inputs", pack: PROVIDER_CHECK, urn, description, message };
}

/** Which properties a remediation changed; never their values. */
export function remediationText(before: object, after: object): string {
  const [old, now] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  const names = [...new Set([...old.keys(), ...now.keys()])]
    .filter((name) => JSON.stringify(old.get(name)) !== JSON.stringify(now.get(name)))
    .sort();
  return names.length === 0 ? "changed nothing" : `changed ${names.join(", ")}`;
}
