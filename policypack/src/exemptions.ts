import { globTest } from "./glob";

/** One entry of the option `exemptions`, as a person writes it. */
export interface ExemptionEntry {
  /** The policy whose findings are let pass. */
  readonly policy: string;
  /** A glob on the resource's logical name, or on its URN if it begins with `urn:`. */
  readonly match: string;
  readonly reason: string;
  /** Who answers for it. */
  readonly owner: string;
  /** The last day on which it holds, `YYYY-MM-DD` in UTC. */
  readonly expires: string;
}

/** An exemption in force. */
export interface Exemption extends ExemptionEntry {
  readonly covers: (subject: Named) => boolean;
}

interface Named {
  readonly urn: string;
  readonly name: string;
}

export function exemptionOf(entry: ExemptionEntry): Exemption {
  const test = globTest(entry.match);
  const isUrn = entry.match.startsWith("urn:");
  return { ...entry, covers: ({ urn, name }) => test(isUrn ? urn : name) };
}
