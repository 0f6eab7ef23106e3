import { CLOUDS } from "./clouds";
import { ConfigurationError } from "./errors";
import type { QuotaSettings } from "./quota";

/** Where Graph is and how to sign in, with every default filled in. */
export interface GraphSettings {
  /** Origin (and base path) of Graph without trailing slash; `/beta/…` is appended. */
  readonly graphEndpoint: string;
  readonly authorityHost: string;
  /** The scope asked of the authority, `{resource}/.default`. */
  readonly scope: string;
  readonly tenantId: string | undefined;
  readonly clientId: string | undefined;
  readonly clientSecret: string | undefined;
  /** Whether a create may take an equal row that a run before has left behind. */
  readonly adopt: boolean;
  /** Longest wait for a connection. */
  readonly connectTimeoutMs: number;
  /** Longest time for one exchange, from the first byte sent to the last received. */
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

/** Stack configuration of the namespace `intune`, e.g. `get("tenantId")`. */
export interface ConfigReader {
  get(key: string): string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Each key with its environment variables, the first that is set wins; stack configuration goes before all. */
const VARIABLES = {
  graphEndpoint: ["INTUNE_GRAPH_ENDPOINT"],
  environment: ["INTUNE_ENVIRONMENT", "ARM_ENVIRONMENT"],
  authorityHost: ["INTUNE_AUTHORITY_HOST", "AZURE_AUTHORITY_HOST"],
  scope: ["INTUNE_SCOPE"],
  tenantId: ["ARM_TENANT_ID", "AZURE_TENANT_ID"],
  clientId: ["ARM_CLIENT_ID", "AZURE_CLIENT_ID"],
  clientSecret: ["ARM_CLIENT_SECRET", "AZURE_CLIENT_SECRET"],
  adopt: ["INTUNE_ADOPT"],
  connectTimeoutSeconds: ["INTUNE_CONNECT_TIMEOUT_SECONDS"],
  requestTimeoutSeconds: ["INTUNE_REQUEST_TIMEOUT_SECONDS"],
  operationTimeoutSeconds: ["INTUNE_OPERATION_TIMEOUT_SECONDS"],
  createTimeoutSeconds: ["INTUNE_CREATE_TIMEOUT_SECONDS"],
  readTimeoutSeconds: ["INTUNE_READ_TIMEOUT_SECONDS"],
  updateTimeoutSeconds: ["INTUNE_UPDATE_TIMEOUT_SECONDS"],
  deleteTimeoutSeconds: ["INTUNE_DELETE_TIMEOUT_SECONDS"],
  batch: ["INTUNE_BATCH"],
  quota: ["INTUNE_QUOTA"],
  quotaWritesPerWindow: ["INTUNE_QUOTA_WRITES_PER_WINDOW"],
  quotaRequestsPerWindow: ["INTUNE_QUOTA_REQUESTS_PER_WINDOW"],
  quotaWindowSeconds: ["INTUNE_QUOTA_WINDOW_SECONDS"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

type Key = keyof typeof VARIABLES;

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
  const value = (key: Key): string | undefined =>
    blankAsAbsent(config.get(key)) ?? firstSet(environment, VARIABLES[key]);
  const cloudName = value("environment");
  const cloud = cloudName === undefined ? CLOUDS["global"] : CLOUDS[cloudName.toLowerCase()];
  if (cloud === undefined) faults.push(`intune:environment is not known; use one of ${Object.keys(CLOUDS).join(", ")}`);
  const graphEndpoint = value("graphEndpoint") ?? (cloudName === undefined ? undefined : cloud?.graphEndpoint);
  if (graphEndpoint === undefined && cloud !== undefined) faults.push(NO_ENDPOINT);
  const authorityHost = value("authorityHost") ?? cloud?.authorityHost;
  for (const [key, url] of [["graphEndpoint", graphEndpoint] as const, ["authorityHost", authorityHost] as const]) {
    const fault = url === undefined ? undefined : urlFault(url);
    if (fault !== undefined) faults.push(`intune:${key} ${fault}`);
  }
  const [tenantId, clientId, clientSecret] = [value("tenantId"), value("clientId"), value("clientSecret")];
  if (clientSecret !== undefined) {
    if (tenantId === undefined) faults.push("intune:clientSecret is set but intune:tenantId is not");
    if (clientId === undefined) faults.push("intune:clientSecret is set but intune:clientId is not");
  }
  const milliseconds = (key: Key, fallbackMs: number): number => {
    const text = value(key);
    if (text === undefined) return fallbackMs;
    const seconds = Number(text);
    if (!(seconds > 0 && seconds <= 86_400))
      faults.push(`intune:${key} must be a number of seconds from above 0 to 86400`);
    return seconds * 1000;
  };
  const adopt = value("adopt")?.toLowerCase() ?? "false";
  if (adopt !== "true" && adopt !== "false") faults.push("intune:adopt must be true or false");
  const connectTimeoutMs = milliseconds("connectTimeoutSeconds", DEFAULT_CONNECT_TIMEOUT_MS);
  const requestTimeoutMs = milliseconds("requestTimeoutSeconds", DEFAULT_REQUEST_TIMEOUT_MS);
  const operationTimeoutMs = milliseconds("operationTimeoutSeconds", DEFAULT_OPERATION_TIMEOUT_MS);
  const timeoutMs = (name: OperationName): number => milliseconds(`${name}TimeoutSeconds`, operationTimeoutMs);
  const timeoutsMs = Object.fromEntries(OPERATIONS.map((name) => [name, timeoutMs(name)]));
  const batch = isOn("batch", true, value, faults);
  const hasQuota = isOn("quota", graphEndpoint !== undefined && isMicrosoft(graphEndpoint), value, faults);
  const quota: QuotaSettings = {
    writesPerWindow: count("quotaWritesPerWindow", DEFAULT_WRITES_PER_WINDOW, value, faults),
    requestsPerWindow: count("quotaRequestsPerWindow", DEFAULT_REQUESTS_PER_WINDOW, value, faults),
    windowMs: milliseconds("quotaWindowSeconds", DEFAULT_QUOTA_WINDOW_MS),
  };
  if (faults.length > 0 || graphEndpoint === undefined || authorityHost === undefined || cloud === undefined) {
    throw new ConfigurationError(faults);
  }
  return {
    graphEndpoint: trimSlash(graphEndpoint),
    authorityHost: trimSlash(authorityHost),
    scope: value("scope") ?? `${cloud.graphEndpoint}/.default`,
    tenantId,
    clientId,
    clientSecret,
    adopt: adopt === "true",
    connectTimeoutMs,
    requestTimeoutMs,
    timeoutsMs: timeoutsMs as Record<OperationName, number>,
    quota: hasQuota ? quota : undefined,
    batch,
  };
}

type Read = (key: Key) => string | undefined;

function isOn(key: Key, fallback: boolean, value: Read, faults: string[]): boolean {
  const text = value(key)?.toLowerCase() ?? (fallback ? "on" : "off");
  if (text !== "on" && text !== "off") faults.push(`intune:${key} must be on or off`);
  return text === "on";
}

function count(key: Key, fallback: number, value: Read, faults: string[]): number {
  const number = Number(value(key) ?? fallback);
  if (!(Number.isInteger(number) && number >= 1 && number <= 100_000))
    faults.push(`intune:${key} must be a whole number from 1 to 100000`);
  return number;
}

const NO_ENDPOINT =
  "no Graph endpoint is set: for the emulator run `npm run emulator` and set intune:graphEndpoint (or INTUNE_GRAPH_ENDPOINT) " +
  "to the graphEndpoint it prints; for a real tenant set intune:environment to global";

/** True for an origin that never leaves this machine, the only place plain http may go to. */
export function isLoopback(url: URL): boolean {
  return url.hostname === "localhost" || url.hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(url.hostname);
}

/** True for Graph itself, which counts requests; an endpoint of one's own counts what it likes. */
const isMicrosoft = (graphEndpoint: string): boolean =>
  URL.canParse(graphEndpoint) &&
  Object.values(CLOUDS).some((cloud) => new URL(graphEndpoint).origin === cloud.graphEndpoint);

function urlFault(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol)) return "is no http or https URL";
  if (url.username !== "" || url.password !== "") return "holds a user name or password; take them out";
  if (url.search !== "" || url.hash !== "") return "holds a query or fragment; give the address alone";
  if (url.protocol === "http:" && !isLoopback(url))
    return "uses http to another machine; tokens travel over https only";
  return undefined;
}

const trimSlash = (url: string): string => url.replace(/\/+$/, "");
const blankAsAbsent = (text: string | undefined): string | undefined =>
  text?.trim() === "" ? undefined : text?.trim();

function firstSet(environment: Environment, names: readonly string[]): string | undefined {
  return names.map((name) => blankAsAbsent(environment[name])).find((text) => text !== undefined);
}
