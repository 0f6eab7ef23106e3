import { entryFaults, ALL } from "./entryFaults";
import type { PolicyDefaults, PolicyTemplate } from "./definePolicy";
import { parseOptions } from "./options";
import type { ConfiguredEntry } from "./packContext";
import { LEVELS, type Level } from "./policyDefinition";
import { templates } from "./policies";
import { reviewExemptions, type ListedEntry } from "./reviewExemptions";
import { describe, kindOf, WORD } from "./valueText";

/** References to Pulumi ESC, which the engine takes out of the file before the pack is configured. */
const ENVIRONMENTS = "environments";

/** A configuration: for each policy, or for `all`, a level, or an object with options and, if wanted, a level. */
export type PackConfig = Readonly<Record<string, Level | PackConfigEntry>>;

export interface PackConfigEntry {
  readonly enforcementLevel?: Level;
  readonly [option: string]: unknown;
}

/**
 * Every fault of a configuration, as the file of `--policy-pack-config` holds it, parsed: each one line that begins with
 * the entry. An empty list means that the pack will say nothing of it.
 */
export function validatePackConfig(json: unknown, now: Date = new Date()): readonly string[] {
  if (typeof json !== "object" || json === null || Array.isArray(json))
    return [`The configuration is ${kindOf(json)}; it must be an object of policies.`];
  const entries = new Map(Object.entries(json).filter(([name]) => name !== ENVIRONMENTS));
  const configured = new Map<string, ConfiguredEntry>(
    [...entries].map(([name, entry]) => [name, { optionNames: Object.keys(optionsOf(entry)) }]),
  );
  return [
    ...entryFaults(
      configured,
      templates.map(({ name }) => name),
    ),
    ...[...entries].flatMap(([name, entry]) => levelFaults(entry).map((fault) => `${name}: ${fault}`)),
    ...templates.flatMap((template) =>
      optionFaults(template, optionsOf(entries.get(template.name)), now).map((fault) => `${template.name}: ${fault}`),
    ),
  ];
}

/** A configuration as the defaults of each policy. */
export function defaultsOf(config: PackConfig): Readonly<Record<string, PolicyDefaults>> {
  const entries = templates.map(({ name }) => {
    const level = levelOf(config[name]) ?? levelOf(config[ALL]);
    return [name, { options: optionsOf(config[name]), ...(level === undefined ? {} : { level }) }] as const;
  });
  return Object.fromEntries(entries);
}

function levelFaults(entry: unknown): readonly string[] {
  if (typeof entry === "string") return isLevel(entry) ? [] : [badLevel(entry)];
  if (typeof entry !== "object" || entry === null || Array.isArray(entry))
    return [`The entry is ${kindOf(entry)}; it must be a level or an object.`];
  const level: unknown = new Map(Object.entries(entry)).get("enforcementLevel");
  return level === undefined || isLevel(level) ? [] : [badLevel(level)];
}

const badLevel = (level: unknown): string =>
  `${describe(level, WORD)} is no enforcement level; it must be one of ${LEVELS.join(", ")}.`;

function optionFaults({ options }: PolicyTemplate, given: object, now: Date): readonly string[] {
  const { value, faults } = parseOptions(options, given);
  if (!("exemptions" in value && "maxDays" in value)) return faults;
  const { exemptions, maxDays } = value as { exemptions: readonly ListedEntry[]; maxDays: number };
  const { findings } = reviewExemptions(exemptions, { catalog: templates, maxDays, now });
  return [...faults, ...findings.map(({ problem }) => problem)];
}

function optionsOf(entry: unknown): Readonly<Record<string, unknown>> {
  if (typeof entry !== "object" || entry === null || Array.isArray(entry)) return {};
  return Object.fromEntries(Object.entries(entry).filter(([name]) => name !== "enforcementLevel"));
}

const levelOf = (entry: Level | PackConfigEntry | undefined): Level | undefined =>
  typeof entry === "object" ? entry.enforcementLevel : entry;

const isLevel = (level: unknown): level is Level => LEVELS.some((known) => known === level);
