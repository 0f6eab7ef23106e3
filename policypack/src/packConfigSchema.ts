import type { FixturePolicy } from "./definePolicy";
import { ALL } from "./entryFaults";
import { LEVELS } from "./policyDefinition";
import { policies } from "./policies";

type Schema = Readonly<Record<string, unknown>>;

const LEVEL: Schema = { enum: LEVELS };

/**
 * The JSON Schema of a configuration file, for editors: policy names, levels, options with their defaults. It is
 * stricter than what the pack tells the engine, which would refuse a file without saying which name was meant.
 */
export function packConfigSchema(): Schema {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Configuration of the policy pack pulumi-intune-policies",
    description: "The file of pulumi's option --policy-pack-config.",
    type: "object",
    properties: {
      [ALL]: { description: "The level of every policy that has none of its own here.", ...LEVEL },
      environments: {
        description: "Pulumi ESC environments; Pulumi Cloud only.",
        type: "array",
        items: { type: "string" },
      },
      ...Object.fromEntries(policies.map((policy) => [policy.name, entrySchema(policy)])),
    },
    additionalProperties: false,
  };
}

function entrySchema({ id, name, description, options, enforcementLevel }: FixturePolicy): Schema {
  const level = { ...LEVEL, default: enforcementLevel };
  const optionSchemas = Object.entries(options).map(
    ([option, { schema, editorSchema, standard }]): readonly [string, Schema] => [
      option,
      { ...schema, ...editorSchema, default: standard },
    ],
  );
  return {
    description: `${id} ${description} See docs/rules/${name}.md.`,
    anyOf: [
      level,
      {
        type: "object",
        properties: { enforcementLevel: level, ...Object.fromEntries(optionSchemas) },
        additionalProperties: false,
      },
    ],
  };
}
