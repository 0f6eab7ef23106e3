import { hint } from "./hint";
import type { Option } from "./options";
import { describe, kindOf, WORD } from "./valueText";

/** An option that lists names out of a closed set. Names outside it are faults, and the others still hold. */
export function nameListOption<T extends string>(list: {
  readonly description: string;
  readonly members: readonly T[];
  readonly standard: readonly T[];
  /** What a member is called in messages, e.g. `a complianceStatus value`. */
  readonly memberNoun: string;
}): Option<readonly T[]> {
  const { description, members, standard, memberNoun } = list;
  const minItems = standard.length > 0 ? 1 : 0;
  return {
    schema: { type: "array", description, items: { type: "string" }, minItems, uniqueItems: true },
    editorSchema: { items: { enum: [...members] } },
    standard,
    parse(name, given) {
      if (!Array.isArray(given))
        return { value: standard, faults: [`Option ${name} is ${kindOf(given)}, not a list.`] };
      const value = members.filter((member) => given.includes(member));
      const faults = given
        .filter((entry) => !members.some((member) => member === entry))
        .map(
          (entry) =>
            `Option ${name} lists ${describe(entry, WORD)}, which is not ${memberNoun}.${hint(entry, members)}`,
        );
      if (value.length >= minItems) return { value, faults };
      return { value: standard, faults: faults.length > 0 ? faults : [`Option ${name} is an empty list.`] };
    },
  };
}

/** An option that lists texts of the user's own: tenants, domains, patterns. */
export function textListOption(list: {
  readonly description: string;
  readonly standard: readonly string[];
}): Option<readonly string[]> {
  const { description, standard } = list;
  return {
    schema: { type: "array", description, items: { type: "string" }, uniqueItems: true },
    editorSchema: { items: { minLength: 1 } },
    standard,
    parse(name, given) {
      if (!Array.isArray(given))
        return { value: standard, faults: [`Option ${name} is ${kindOf(given)}, not a list.`] };
      const value = given.filter((entry): entry is string => typeof entry === "string" && entry.trim() !== "");
      const faults = given
        .filter((entry) => typeof entry !== "string" || entry.trim() === "")
        .map((entry) => `Option ${name} lists ${kindOf(entry)}, which is no text.`);
      return faults.length > 0 && value.length === 0 ? { value: standard, faults } : { value, faults };
    },
  };
}

/** A whole number within limits. */
export function countOption(count: {
  readonly description: string;
  readonly standard: number;
  readonly minimum: number;
  readonly maximum: number;
}): Option<number> {
  const { description, standard, minimum, maximum } = count;
  return {
    schema: { type: "integer", description },
    editorSchema: { minimum, maximum },
    standard,
    parse(name, given) {
      if (Number.isInteger(given) && (given as number) >= minimum && (given as number) <= maximum)
        return { value: given as number, faults: [] };
      const seen = typeof given === "number" ? "a number out of range" : kindOf(given);
      return {
        value: standard,
        faults: [`Option ${name} is ${seen}; it must be a whole number from ${minimum} to ${maximum}.`],
      };
    },
  };
}

export function switchOption({
  description,
  standard,
}: {
  readonly description: string;
  readonly standard: boolean;
}): Option<boolean> {
  return {
    schema: { type: "boolean", description },
    standard,
    parse: (name, given) =>
      typeof given === "boolean"
        ? { value: given, faults: [] }
        : { value: standard, faults: [`Option ${name} is ${kindOf(given)}; it must be true or false.`] },
  };
}

/** A regular expression that whole texts must match. */
export function patternOption({
  description,
  standard,
}: {
  readonly description: string;
  readonly standard: string;
}): Option<string> {
  return {
    schema: { type: "string", description },
    editorSchema: { format: "regex" },
    standard,
    parse(name, given) {
      if (typeof given !== "string" || given === "")
        return { value: standard, faults: [`Option ${name} is ${kindOf(given)}, not a regular expression.`] };
      try {
        new RegExp(given, "u");
        return { value: given, faults: [] };
      } catch {
        return { value: standard, faults: [`Option ${name} is no valid regular expression.`] };
      }
    },
  };
}
