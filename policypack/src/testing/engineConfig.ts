/** The levels of a policy, as configuration names them. */
export const LEVELS = ["advisory", "mandatory", "remediate", "disabled"] as const;
export type Level = (typeof LEVELS)[number];

/** What one policy of a pack is configured with; the level is never left out, as the wire would read that as advisory. */
export interface PolicyConfiguration {
  readonly level: Level;
  readonly options: Readonly<Record<string, unknown>>;
}

/** What the engine knows of a policy before it configures it. */
export interface ConfigurablePolicy {
  readonly name: string;
  readonly level: Level;
  readonly schemaProperties: Readonly<Record<string, unknown>>;
}

/** The content of a `--policy-pack-config` file: a level, or options with or without a level, per policy or for `all`. */
export type PackConfig = Readonly<Record<string, unknown>>;

/** What the engine knows of a pack before it configures it. */
export interface ConfigurablePack {
  readonly policies: readonly ConfigurablePolicy[];
  /** What the pack's program gave `new PolicyPack` as its third argument. */
  readonly initialConfig?: Readonly<Record<string, PolicyConfiguration>>;
}

/**
 * What the engine sends to a pack: the schema's defaults and the policy's own level, then what the pack's program says,
 * then what the file says, each of `all` first and of the policy after that.
 * Source: ReconcilePolicyPackConfig in pkg/resource/analyzer/config.go of pulumi/pulumi.
 * @throws {Error} for a level that is none, and for an entry without a level under a name that no policy has
 */
export function engineConfig(
  { policies, initialConfig = {} }: ConfigurablePack,
  config: PackConfig = {},
): Readonly<Record<string, PolicyConfiguration>> {
  const entries = policies.map(({ name, level, schemaProperties }) => {
    const layers = [initialConfig["all"], initialConfig[name], entryOf(config["all"]), entryOf(config[name])];
    const options = Object.assign(schemaDefaults(schemaProperties), ...layers.map((layer) => layer?.options)) as object;
    const levels = layers.flatMap((layer) => layer?.level ?? []);
    return [name, { level: levels.at(-1) ?? level, options: { ...options } }] as const;
  });
  // The engine sends on what it has for policies that do not exist.
  const sent = Object.keys(config)
    .filter((name) => !NOT_POLICIES.includes(name) && !policies.some((policy) => policy.name === name))
    .map((name) => {
      const { level = "", options } = entryOf(config[name]);
      return [name, { level, options }] as const;
    });
  return Object.fromEntries(
    [...entries, ...sent].map(([name, { level, options }]) => [name, { level: known(name, level), options }]),
  );
}

/** The engine's own words for a level that is none. The wire would carry it as advisory. */
function known(name: string, level: string): Level {
  const found = LEVELS.find((one) => one === level);
  if (found === undefined)
    throw new Error(`invalid enforcement level ${JSON.stringify(level)} for ${JSON.stringify(name)}`);
  return found;
}

/** Keys of the file that name no policy; `environments` refers to Pulumi ESC. */
const NOT_POLICIES = ["all", "environments"];

/** The default of each option that has one. */
export function schemaDefaults(properties: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const defaults = Object.entries(properties).flatMap(([name, schema]) =>
    typeof schema === "object" && schema !== null && "default" in schema ? [[name, schema.default] as const] : [],
  );
  return Object.fromEntries(defaults);
}

function entryOf(entry: unknown): { readonly level?: string; readonly options: Record<string, unknown> } {
  if (typeof entry === "string") return { level: entry, options: {} };
  if (typeof entry !== "object" || entry === null) return { options: {} };
  const { enforcementLevel, ...options } = entry as { enforcementLevel?: string } & Record<string, unknown>;
  return { options, ...(enforcementLevel === undefined ? {} : { level: enforcementLevel }) };
}
