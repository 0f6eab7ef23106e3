import { hint } from "./hint";
import type { ConfiguredEntry } from "./packContext";
import { describe, WORD } from "./valueText";

/** Stands for every policy in a configuration file, and takes a level alone: the engine drops its options. */
export const ALL = "all";

/** What is wrong with the names of a configuration's entries, each fault as a sentence, sorted. */
export function entryFaults(
  entries: ReadonlyMap<string, ConfiguredEntry>,
  policyNames: readonly string[],
): readonly string[] {
  const strangers = [...entries.keys()].filter((name) => name !== ALL && !policyNames.includes(name));
  const stray = entries.get(ALL)?.optionNames ?? [];
  return [
    ...strangers.sort().map((name) => `${describe(name, WORD)} is no policy of this pack.${hint(name, policyNames)}`),
    ...[...stray].sort().map((name) => `The entry "${ALL}" takes a level alone, and has ${describe(name, WORD)}.`),
  ];
}
