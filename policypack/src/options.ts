import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";
import { hint } from "./hint";
import { describe, WORD } from "./valueText";

/** One option of a policy: what `--policy-pack-config` may set under the policy's name. */
export interface Option<T> {
  /** What the engine checks. Without its default, which is added from {@link Option.standard} so that code and schema cannot differ. */
  readonly schema: PolicyConfigJSONSchema & { readonly description: string };
  /** What the published schema says beyond that, for editors; the engine would refuse the file before the pack could say what was meant. */
  readonly editorSchema?: Readonly<Record<string, unknown>>;
  /** The value where the option is not set. */
  readonly standard: T;
  /** What can be used of a value that was set, and what is wrong with it, each fault as a sentence. */
  readonly parse: (name: string, given: unknown) => Parsed<T>;
}

export interface Parsed<T> {
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

/** The same options, each with the given value as its default. What cannot be used keeps the default it had. */
export function withStandards<O extends OptionTable>(table: O, given: Readonly<Record<string, unknown>>): O {
  const { value } = parseOptions(table, given);
  const entries = Object.entries(table).map(([name, option]) => [name, { ...option, standard: value[name] }]);
  return Object.fromEntries(entries) as O;
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

/** {@link parseOptions} that reads a configuration once: the SDK hands the same one over with every resource. */
export function optionReader<O extends OptionTable>(table: O): (config: object) => Parsed<OptionValues<O>> {
  let last: { readonly text: string; readonly parsed: Parsed<OptionValues<O>> } | undefined;
  return (config) => {
    const text = JSON.stringify(config);
    if (last?.text !== text) last = { text, parsed: parseOptions(table, config) };
    return last.parsed;
  };
}
