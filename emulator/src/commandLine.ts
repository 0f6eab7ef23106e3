import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { readFaultRules } from "./control/faultRule";
import { parseJson } from "./model/jsonText";
import { PROFILES } from "./options";
import type { EmulatorOptions } from "./options";
import { DEFAULT_APP } from "./registeredApps";
import { reasonOf } from "./thrown";
import type { FaultRule } from "./world/fault";

export const HELP = `Usage: intune-emulator [options]

A stateful Microsoft Graph emulator for Intune compliance policies and device statuses.

  --port <number>           port to listen on (default: any free one)
  --https                   speak https too, with a certificate made at start, and be a proxy to graph.microsoft.com
  --https-port <number>     port for https (default: any free one)
  --https-host <name>       a further name for the certificate; may be given more than once
  --ca-certificate <file>   write the certificate authority (PEM) there, for clients to trust
  --host <address>          address to listen on (default: 127.0.0.1)
  --allow-remote-connections  permit a --host that other machines can reach
  --data <folder>           keep the state in this folder (default: in memory)
  --profile <name>          ${PROFILES.join(" or ")} (default: documented)
  --page-size <number>      entities per page of a list (default: 51)
  --patch-answer <status>   200 with the entity, or 204 (default: 200)
  --seed-data <file>        begin with the entities in this .json or .csv file, unless the tenant holds some
  --tenant <id>             serve this tenant beside the default one; may be given more than once
  --clock <date time>       begin at this time, such as 2026-01-02T03:04:05Z (default: the machine's)
  --faults <file>           fault rules, a JSON array (default: none)
  --seed <number>           of what fault rules leave to chance: the same seed, the same faults (default: 0)
  --quota                   refuse with 429 what exceeds Intune's quota (default: nothing)
  --quota-time-scale <n>    the quota's window as a share of its 20 s (default: 1)
  --client-secret <text>    secret of the application (default: a well-known one)
  --help                    show this text
  --version                 show the version

One line of JSON on stdout tells when it is ready and how to reach it. Stop it with SIGINT or SIGTERM.
`;

export type Command =
  { readonly kind: "help" | "version" } | { readonly kind: "start"; readonly options: EmulatorOptions };

const FLAGS = {
  port: { type: "string" },
  https: { type: "boolean" },
  "https-port": { type: "string" },
  "https-host": { type: "string", multiple: true },
  "ca-certificate": { type: "string" },
  host: { type: "string" },
  "allow-remote-connections": { type: "boolean" },
  data: { type: "string" },
  profile: { type: "string" },
  "page-size": { type: "string" },
  "patch-answer": { type: "string" },
  "client-secret": { type: "string" },
  "seed-data": { type: "string" },
  tenant: { type: "string", multiple: true },
  clock: { type: "string" },
  faults: { type: "string" },
  seed: { type: "string" },
  quota: { type: "boolean" },
  "quota-time-scale": { type: "string" },
  help: { type: "boolean" },
  version: { type: "boolean" },
} as const;

/** What the arguments ask for. @throws {Error} with one line that names the faulty argument. */
export function parseCommandLine(args: readonly string[]): Command {
  const { values } = parseFlags(args);
  if (values.help === true) return { kind: "help" };
  if (values.version === true) return { kind: "version" };
  const options: EmulatorOptions = endpointOptions(values);
  if (values.data !== undefined) options.data = notEmpty("--data", values.data);
  if (values.profile !== undefined) options.profile = oneOf("--profile", values.profile, PROFILES);
  if (values["page-size"] !== undefined) options.pageSize = wholeNumber("--page-size", values["page-size"]);
  if (values["patch-answer"] !== undefined) {
    options.patchAnswer = oneOf("--patch-answer", values["patch-answer"], ["200", "204"]) === "204" ? 204 : 200;
  }
  Object.assign(options, worldOptions(values));
  if (values.quota !== undefined) options.quota = values.quota;
  if (values["quota-time-scale"] !== undefined) {
    options.quotaTimeScale = decimal("--quota-time-scale", values["quota-time-scale"]);
  }
  if (values["client-secret"] !== undefined || values.tenant !== undefined) {
    const clientSecret = notEmpty("--client-secret", values["client-secret"] ?? DEFAULT_APP.clientSecret);
    const tenantIds = [DEFAULT_APP.tenantId, ...(values.tenant ?? []).map((id) => guid("--tenant", id))];
    options.apps = tenantIds.map((tenantId) => ({ ...DEFAULT_APP, tenantId, clientSecret }));
  }
  return { kind: "start", options };
}

type Flags = ReturnType<typeof parseFlags>["values"];

function parseFlags(args: readonly string[]) {
  return parseArgs({ args: [...args], options: FLAGS, allowPositionals: false });
}

/** Where it listens. */
function endpointOptions(values: Flags): EmulatorOptions {
  const options: EmulatorOptions = {};
  if (values.port !== undefined) options.port = wholeNumber("--port", values.port);
  if (values.host !== undefined) options.host = notEmpty("--host", values.host);
  if (values.https !== undefined) options.https = values.https;
  if (values["https-port"] !== undefined) options.httpsPort = wholeNumber("--https-port", values["https-port"]);
  if (values["https-host"] !== undefined) options.httpsHosts = values["https-host"];
  if (values["ca-certificate"] !== undefined) {
    options.caCertificatePath = notEmpty("--ca-certificate", values["ca-certificate"]);
  }
  if (values["allow-remote-connections"] !== undefined) {
    options.allowRemoteConnections = values["allow-remote-connections"];
  }
  return options;
}

interface WorldValues {
  "seed-data"?: string;
  clock?: string;
  faults?: string;
  seed?: string;
}

function worldOptions(values: WorldValues): Pick<EmulatorOptions, "seedData" | "clock" | "faults" | "seed"> {
  const { "seed-data": seedData, clock, faults, seed } = values;
  return {
    ...(seedData === undefined ? {} : { seedData: notEmpty("--seed-data", seedData) }),
    ...(clock === undefined ? {} : { clock }),
    ...(faults === undefined ? {} : { faults: faultFile(faults) }),
    ...(seed === undefined ? {} : { seed: wholeNumber("--seed", seed) }),
  };
}

function faultFile(path: string): FaultRule[] {
  try {
    const value = parseJson(readFileSync(path));
    if (value === undefined) throw new Error("it is not valid JSON");
    return readFaultRules(value);
  } catch (error) {
    throw new Error(`--faults ${path} cannot be used: ${reasonOf(error)}`, { cause: error });
  }
}

function guid(flag: string, text: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text.toLowerCase();
  throw new Error(`${flag} must be a GUID such as ${DEFAULT_APP.tenantId}, got '${text}'`);
}

function wholeNumber(flag: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Error(`${flag} must be a whole number, got '${text}'`);
}

function decimal(flag: string, text: string): number {
  if (/^\d{1,9}(\.\d{1,9})?$/.test(text)) return Number(text);
  throw new Error(`${flag} must be a number such as 0.1, got '${text}'`);
}

function notEmpty(flag: string, text: string): string {
  if (text !== "") return text;
  throw new Error(`${flag} must not be empty`);
}

function oneOf<Name extends string>(flag: string, text: string, names: readonly Name[]): Name {
  const name = names.find((candidate) => candidate === text);
  if (name !== undefined) return name;
  throw new Error(`${flag} must be ${names.join(" or ")}, got '${text}'`);
}
