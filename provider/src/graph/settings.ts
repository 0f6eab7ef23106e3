import { addressFault } from "./addresses";
import { CLOUDS } from "./clouds";
import { ConfigurationError } from "./errors";
import type { QuotaSettings } from "./quota";
import { readCount, readMilliseconds, readSwitch } from "./readSetting";
import { booleanOf, type ConfigReader, type Look, lookIn } from "./settingsTable";
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
  /** Longest wait for a connection. */
  readonly connectTimeoutMs: number;
  /** Longest time for one exchange, from the first byte sent to the last received, and for one sign-in. */
  readonly requestTimeoutMs: number;
  /** Longest time for one create, read, update or delete, waits for throttling included. */
  readonly timeoutsMs: Readonly<Record<OperationName, number>>;
  /** Absent: requests go out as fast as they come. */
  readonly quota: QuotaSettings | undefined;
  /** Whether requests that go out at the same time become one `$batch`. */
  readonly batch: boolean;
}

const OPERATIONS = ["create", "read", "update", "delete"] as const;
export type OperationName = (typeof OPERATIONS)[number];

type Environment = Readonly<Record<string, string | undefined>>;

const DEFAULT_CONNECT_TIMEOUT_MS = 10_000;
const DEFAULT_REQUEST_TIMEOUT_MS = 60_000;
/** As the Graph providers of other tools: long enough for a Retry-After of minutes, which Intune was seen to ask. */
const DEFAULT_OPERATION_TIMEOUT_MS = 600_000;

/** What Intune allows one application in one tenant. Source: Graph page "throttling-limits", Intune device configuration. */
const DEFAULT_WRITES_PER_WINDOW = 100;
const DEFAULT_REQUESTS_PER_WINDOW = 1000;
const DEFAULT_QUOTA_WINDOW_MS = 20_000;

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
  const times = readTimes(look, faults);
  const batch = readSwitch("batch", true, look, faults);
  const quota = readQuota(look, addresses?.graphEndpoint, faults);
  if (faults.length > 0 || addresses === undefined || "faults" in choice || adopt === undefined) {
    throw new ConfigurationError(faults);
  }
  const caCertificatePath = look("caCertificatePath")?.text;
  return { ...addresses, signIn: choice.signIn, caCertificatePath, adopt, ...times, quota, batch };
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

function readTimes(
  look: Look,
  faults: string[],
): Pick<GraphSettings, "connectTimeoutMs" | "requestTimeoutMs" | "timeoutsMs"> {
  const operationTimeoutMs = readMilliseconds("operationTimeoutSeconds", DEFAULT_OPERATION_TIMEOUT_MS, look, faults);
  const timeoutsMs = OPERATIONS.map((name) => [
    name,
    readMilliseconds(`${name}TimeoutSeconds`, operationTimeoutMs, look, faults),
  ]);
  return {
    connectTimeoutMs: readMilliseconds("connectTimeoutSeconds", DEFAULT_CONNECT_TIMEOUT_MS, look, faults),
    requestTimeoutMs: readMilliseconds("requestTimeoutSeconds", DEFAULT_REQUEST_TIMEOUT_MS, look, faults),
    timeoutsMs: Object.fromEntries(timeoutsMs) as Record<OperationName, number>,
  };
}

function readQuota(look: Look, graphEndpoint: string | undefined, faults: string[]): QuotaSettings | undefined {
  const isOn = readSwitch("quota", graphEndpoint !== undefined && isMicrosoft(graphEndpoint), look, faults);
  const quota: QuotaSettings = {
    writesPerWindow: readCount("quotaWritesPerWindow", DEFAULT_WRITES_PER_WINDOW, look, faults),
    requestsPerWindow: readCount("quotaRequestsPerWindow", DEFAULT_REQUESTS_PER_WINDOW, look, faults),
    windowMs: readMilliseconds("quotaWindowSeconds", DEFAULT_QUOTA_WINDOW_MS, look, faults),
  };
  return isOn ? quota : undefined;
}

/** True for Graph itself, which counts requests; an endpoint of one's own counts what it likes. */
const isMicrosoft = (graphEndpoint: string): boolean =>
  URL.canParse(graphEndpoint) &&
  Object.values(CLOUDS).some((cloud) => new URL(graphEndpoint).origin === cloud.graphEndpoint);

const trimSlash = (url: string): string => url.replace(/\/+$/, "");
