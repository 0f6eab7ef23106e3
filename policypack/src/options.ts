import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";
import { nearest } from "pulumi-intune/model";
import { describe, kindOf, WORD } from "./valueText";

/** One option of a policy: what `--policy-pack-config` may set under the policy's name. */
interface Option<T> {
  /** Without its default, which is added from {@link Option.standard} so that code and schema cannot differ. */
  readonly schema: PolicyConfigJSONSchema;
  /** The value where the option is not set. */
  readonly standard: T;
  /** What can be used of a value that was set, and what is wrong with it, each fault as a sentence. */
  readonly parse: (name: string, given: unknown) => Parsed<T>;
}

interface Parsed<T> {
  readonly value: T;
  readonly faults: readonly string[];
}

export type OptionTable = Readonly<Record<string, Option<unknown>>>;

export type OptionValues<O extends OptionTable> = {
  readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never;
};

/** The options' JSON schemas by name, defaults included. */
export function optionSchemas(table: OptionTable): Record<string, PolicyConfigJSONSchema> {
  const entries = Object.entries(table).map(([name, { schema, standard }]) => [
    name,
    { ...schema, default: standard as NonNullable<PolicyConfigJSONSchema["default"]> },
  ]);
  return Object.fromEntries(entries) as Record<string, PolicyConfigJSONSchema>;
}

/**
 * Read a policy's configuration. The engine, not the SDK, fills defaults in, so that a pack that was not configured sees
 * none; and the engine accepts misspelt option names in silence. Source: pulumi/pulumi pkg/resource/analyzer/config.go.
 */
export function parseOptions<O extends OptionTable>(table: O, config: object): Parsed<OptionValues<O>> {
  const given = new Map(Object.entries(config));
  const parsed = Object.entries(table).map(([name, option]) => {
    const value: unknown = given.get(name);
    return [name, value === undefined ? { value: option.standard, faults: [] } : option.parse(name, value)] as const;
  });
  const strangers = [...given.keys()].filter((name) => !Object.hasOwn(table, name));
  return {
    // Object.fromEntries cannot carry the relation between a key and the type of its value.
    value: Object.fromEntries(parsed.map(([name, { value }]) => [name, value])) as OptionValues<O>,
    faults: [
      ...strangers.map(
        (name) => `${describe(name, WORD)} is not an option of this policy.${hint(name, Object.keys(table))}`,
      ),
      ...parsed.flatMap(([, { faults }]) => faults),
    ],
  };
}

/** An option that lists names out of a closed set. Names outside it are faults, and the others still hold. */
export function nameListOption<T extends string>(list: {
  readonly description: string;
  readonly members: readonly T[];
  readonly standard: readonly T[];
  /** What a member is called in messages, e.g. `a complianceStatus value`. */
  readonly memberNoun: string;
}): Option<readonly T[]> {
  const { description, members, standard, memberNoun } = list;
  return {
    // No `enum` for the items: the engine would reject a misspelt name itself, without naming the one that was meant.
    schema: { type: "array", description, items: { type: "string" }, minItems: 1, uniqueItems: true },
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
      if (value.length > 0) return { value, faults };
      return { value: standard, faults: faults.length > 0 ? faults : [`Option ${name} is an empty list.`] };
    },
  };
}

/** The question that ends a sentence about a misspelt name, or nothing if no candidate is near. */
export function hint(word: unknown, candidates: readonly string[]): string {
  const guess = typeof word === "string" ? nearest(word, candidates) : undefined;
  return guess === undefined ? "" : ` Did you mean "${guess}"?`;
}
