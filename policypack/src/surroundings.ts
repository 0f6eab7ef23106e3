import { lookIn, type Look } from "pulumi-intune/settings";

/** What a rule may know of the run beside the resource. */
export interface Surroundings {
  /** The provider's settings, found where the provider finds them: stack configuration first, then the environment. */
  readonly look: Look;
  /** True in preview: nothing has been created, and stack rules will see the whole stack before anything is. */
  readonly isPreview: boolean;
  readonly now: () => Date;
}

/**
 * Read from the environment of the pack's process, to which the engine adds the stack's whole configuration, secrets in
 * clear text. `pulumi policy analyze` adds nothing. Source: sdk/go/common/resource/plugin/analyzer_plugin.go of
 * pulumi/pulumi 3.248.
 */
export function readSurroundings(
  environment: Readonly<Record<string, string | undefined>>,
  now: () => Date = () => new Date(),
): Surroundings {
  const config = readConfig(environment["PULUMI_CONFIG"]);
  return {
    look: lookIn({ get: (key) => config.get(`intune:${key}`) }, environment),
    isPreview: environment["PULUMI_NODEJS_DRY_RUN"] === "true",
    now,
  };
}

function readConfig(text: string | undefined): ReadonlyMap<string, string> {
  try {
    const parsed: unknown = JSON.parse(text ?? "{}");
    const entries = typeof parsed === "object" && parsed !== null ? Object.entries(parsed) : [];
    return new Map(entries.map(([key, value]) => [key, typeof value === "string" ? value : ""]));
  } catch {
    // Not the engine's doing then; the rules that ask for a setting treat it as not set.
    return new Map();
  }
}
