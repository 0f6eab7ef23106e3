import { exemptionOf, type Exemption, type ExemptionEntry } from "./exemptions";
import { hint } from "./hint";
import type { Option } from "./options";
import type { CatalogEntry } from "./packContext";
import type { Finding } from "./policyDefinition";
import { describe, kindOf, WORD } from "./valueText";

const FIELDS = ["policy", "match", "reason", "owner", "expires"] as const;
const MIN_REASON_CHARACTERS = 10;
const MS_PER_DAY = 86_400_000;

/** An entry of the option with its place in the list, from 1. */
export interface ListedEntry extends ExemptionEntry {
  readonly place: number;
}

/** The option: entries that lack a field, or have another, are faults and exempt nothing. */
export const exemptionsOption: Option<readonly ListedEntry[]> = {
  schema: {
    type: "array",
    description: "What is let pass, until when, and who answers for it.",
    items: { type: "object" },
  },
  editorSchema: {
    items: {
      type: "object",
      properties: {
        policy: { type: "string", description: "The policy whose findings are let pass." },
        match: { type: "string", description: "A glob on the logical name, or on the URN if it begins with urn:." },
        reason: { type: "string", minLength: MIN_REASON_CHARACTERS },
        owner: { type: "string", minLength: 1 },
        expires: { type: "string", format: "date", description: "The last day on which it holds, in UTC." },
      },
      required: [...FIELDS],
      additionalProperties: false,
    },
  },
  standard: [],
  parse(name, given) {
    if (!Array.isArray(given)) return { value: [], faults: [`Option ${name} is ${kindOf(given)}, not a list.`] };
    const entries = given.map((entry: unknown, index) => ({ entry, place: index + 1, faults: entryFaults(entry) }));
    return {
      value: entries
        .filter(({ faults }) => faults.length === 0)
        .map(({ entry, place }) => ({ ...(entry as ExemptionEntry), place })),
      faults: entries.flatMap(({ place, faults }) => faults.map((fault) => `Exemption ${place} ${fault}.`)),
    };
  },
};

/** What is wrong with the form of an entry, each fault as the end of a sentence. */
function entryFaults(entry: unknown): readonly string[] {
  if (typeof entry !== "object" || entry === null || Array.isArray(entry))
    return [`is ${kindOf(entry)}, not an object`];
  const given = new Map<string, unknown>(Object.entries(entry));
  const strangers = [...given.keys()].filter((key) => !FIELDS.some((field) => field === key));
  return [
    ...FIELDS.filter((field) => {
      const value = given.get(field);
      return typeof value !== "string" || value.trim() === "";
    }).map((field) => `has no ${field}`),
    // Without the question mark of a hint, which would end the sentence.
    ...strangers.map((key) => `has ${describe(key, WORD)}, which is none of ${FIELDS.join(", ")}`),
  ];
}

interface Standard {
  readonly catalog: readonly CatalogEntry[];
  readonly maxDays: number;
  readonly now: Date;
}

interface Review {
  readonly inForce: readonly (Exemption & { readonly title: string })[];
  readonly findings: readonly Finding[];
}

/** Part the exemptions that hold from those with a fault, which exempt nothing. */
export function reviewExemptions(entries: readonly ListedEntry[], standard: Standard): Review {
  const reviewed = entries.map((entry) => ({ entry, title: titleOf(entry), faults: faultsOf(entry, standard) }));
  return {
    inForce: reviewed
      .filter(({ faults }) => faults.length === 0)
      .map(({ entry, title }) => ({ ...exemptionOf(onOneLine(entry)), title })),
    findings: reviewed.flatMap(({ title, faults }) => faults.map((fault) => ({ problem: `${title} ${fault}` }))),
  };
}

/** What policy names, and slips of one, look like; anything else is not shown. */
const POLICY_NAME = /^[A-Za-z0-9_-]{1,40}$/;

const titleOf = ({ place, policy }: ListedEntry): string =>
  POLICY_NAME.test(policy) ? `Exemption ${place} (${policy})` : `Exemption ${place}`;

/** What keeps an entry from holding, each fault as the end of a sentence, with its full stop. */
function faultsOf(
  { policy, match, reason, expires }: ListedEntry,
  { catalog, maxDays, now }: Standard,
): readonly string[] {
  return [
    ...policyFaults(policy, catalog),
    ...(/^[*?]+$/.test(match) ? ["covers every resource; set the policy's level instead, where that is meant."] : []),
    ...(reason.trim().length < MIN_REASON_CHARACTERS
      ? [`has a reason of fewer than ${MIN_REASON_CHARACTERS} characters.`]
      : []),
    ...expiryFaults(expires, maxDays, now),
  ];
}

function policyFaults(policy: string, catalog: readonly CatalogEntry[]): readonly string[] {
  const known = catalog.find(({ name }) => name === policy);
  if (known === undefined) {
    const names = catalog.map(({ name }) => name);
    return [`names no policy of this pack.${hint(policy, names)}`];
  }
  return known.exemptible ? [] : ["names a policy that cannot be exempted."];
}

function expiryFaults(expires: string, maxDays: number, now: Date): readonly string[] {
  const day = Date.parse(`${expires}T00:00:00Z`);
  // Date.parse takes 30 February for 1 March, hence the way back.
  const isDay = !Number.isNaN(day) && new Date(day).toISOString().startsWith(`${expires}T`);
  if (!isDay) return ["has an expiry that is no date; write it like 2026-12-31."];
  const daysLeft = Math.floor((day - now.getTime()) / MS_PER_DAY) + 1;
  if (daysLeft < 0) return [`expired after ${expires}.`];
  return daysLeft > maxDays ? [`expires on ${expires}, more than ${maxDays} days ahead.`] : [];
}

/** Messages are one line each. */
function onOneLine(entry: ListedEntry): ListedEntry {
  const line = (text: string): string => text.replace(/\s+/g, " ").trim();
  return { ...entry, reason: line(entry.reason).replace(/\.$/, ""), owner: line(entry.owner) };
}
