import type { FixturePolicy, PolicyDefaults, PolicyTemplate } from "../definePolicy";
import { createPackContext, type PackContext } from "../packContext";
import { readSurroundings } from "../surroundings";
import { dateTimeFormat } from "./dateTimeFormat";
import { requiredFields } from "./requiredFields";
import { statusEnum } from "./statusEnum";

/** Every policy of the pack, in the order in which they run and report. */
export const templates: readonly PolicyTemplate[] = [statusEnum, requiredFields, dateTimeFormat];

/** The policies as one pack; what they share is theirs alone. */
export function createPolicies(
  defaults: Readonly<Record<string, PolicyDefaults>> = {},
  pack: PackContext = createPackContext(readSurroundings(process.env), templates),
): readonly FixturePolicy[] {
  return templates.map((template) => template.create(pack, defaults[template.name]));
}

/** Every policy of the pack with its defaults. */
export const policies: readonly FixturePolicy[] = createPolicies();
