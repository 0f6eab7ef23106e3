import { addressFault } from "./addresses";
import { CLOUDS } from "./clouds";
import { ConfigurationError } from "./errors";
import { booleanOf, type ConfigReader, type Look, lookIn, type SettingKey } from "./settingsTable";
import { chooseSignIn } from "./signIn/chooseSignIn";
import type { SignIn } from "./signIn/signIn";

/** Where Graph is and how to sign in, with every default filled in. */
export interface GraphSettings {
  /** Origin (and base path) of Graph without trailing slash; `/beta/…` is appended. */
  readonly graphEndpoint: string;
  readonly authorityHost: string;
  /** The scope asked of the authority, `{resource}/.default`. */
  readonly scope: string;
  readonly signIn: SignIn;
  /** PEM file of certificate authorities to trust beside the usual ones, at the authority and at Graph. */
  readonly caCertificatePath: string | undefined;
  /** Whether a create may take an equal row that a run before has left behind. */
  readonly adopt: boolean;
  /** Longest wait for one answer, and for one sign-in. */
  readonly requestTimeoutMs: number;
  /** Longest time for one create, read, update or delete, waits for throttling included. */
  readonly operationTimeoutMs: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

const DEFAULT_REQUEST_TIMEOUT_S = 60;
/** As the Graph providers of other tools: long enough for a Retry-After of minutes, which Intune was seen to ask. */
const DEFAULT_OPERATION_TIMEOUT_S = 600;

/**
 * Settle the settings from stack configuration and environment.
 * @throws {ConfigurationError} naming every fault at once
 */
export function readSettings(config: ConfigReader, environment: Environment): GraphSettings {
  const faults: string[] = [];
  const look = lookIn(config, environment);
  const addresses = readAddresses(look, faults);
  const choice = chooseSignIn(look);
  if ("faults" in choice) faults.push(...choice.faults);
  const adopt = booleanOf(look("adopt")?.text ?? "false");
  if (adopt === undefined) faults.push("intune:adopt must be true or false");
  const requestTimeoutMs = readSeconds("requestTimeoutSeconds", DEFAULT_REQUEST_TIMEOUT_S, look, faults);
  const operationTimeoutMs = readSeconds("operationTimeoutSeconds", DEFAULT_OPERATION_TIMEOUT_S, look, faults);
  if (faults.length > 0 || addresses === undefined || "faults" in choice || adopt === undefined) {
    throw new ConfigurationError(faults);
  }
  return {
    ...addresses,
    signIn: choice.signIn,
    caCertificatePath: look("caCertificatePath")?.text,
    adopt,
    requestTimeoutMs,
    operationTimeoutMs,
  };
}

const NO_ENDPOINT =
  "no Graph endpoint is set: for the emulator run `npm run emulator` and set intune:graphEndpoint (or INTUNE_GRAPH_ENDPOINT) " +
  "to the graphEndpoint it prints; for a real tenant set intune:environment to global";

function readAddresses(
  look: Look,
  faults: string[],
): Pick<GraphSettings, "graphEndpoint" | "authorityHost" | "scope"> | undefined {
  const cloudName = look("environment")?.text;
  const cloud = cloudName === undefined ? CLOUDS["global"] : CLOUDS[cloudName.toLowerCase()];
  if (cloud === undefined) faults.push(`intune:environment is not known; use one of ${Object.keys(CLOUDS).join(", ")}`);
  const graphEndpoint = look("graphEndpoint")?.text ?? (cloudName === undefined ? undefined : cloud?.graphEndpoint);
  if (graphEndpoint === undefined && cloud !== undefined) faults.push(NO_ENDPOINT);
  const authorityHost = look("authorityHost")?.text ?? cloud?.authorityHost;
  for (const [key, url] of [["graphEndpoint", graphEndpoint] as const, ["authorityHost", authorityHost] as const]) {
    const fault = url === undefined ? undefined : addressFault(url);
    if (fault !== undefined) faults.push(`intune:${key} ${fault}`);
  }
  if (graphEndpoint === undefined || authorityHost === undefined || cloud === undefined) return undefined;
  return {
    graphEndpoint: trimSlash(graphEndpoint),
    authorityHost: trimSlash(authorityHost),
    scope: look("scope")?.text ?? `${cloud.graphEndpoint}/.default`,
  };
}

function readSeconds(key: SettingKey, fallback: number, look: Look, faults: string[]): number {
  const text = look(key)?.text;
  const seconds = text === undefined ? fallback : Number(text);
  if (!(seconds > 0 && seconds <= 86_400)) {
    faults.push(`intune:${key} must be a number of seconds from above 0 to 86400`);
  }
  return seconds * 1000;
}

const trimSlash = (url: string): string => url.replace(/\/+$/, "");
