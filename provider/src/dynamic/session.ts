import { createGraphClient, type GraphClient } from "../graph/client";
import { readSettings } from "../graph/settings";
import type { ConfigReader } from "../graph/settingsTable";
import { watchEngine } from "./engineWatch";
import { startLog } from "./log";
import { USER_AGENT } from "./userAgent";

/** Every key of the namespace that is read; copied at once, since the engine's reader is only lent. */
const NO_CONFIG: ConfigReader = { get: () => undefined };

let config = NO_CONFIG;
let client: GraphClient | undefined;

/**
 * Keep the stack's configuration for the process. Synchronous: the server hands out a provider while its `configure`
 * still runs, so that an awaited step here would let the first operations start without configuration.
 */
export function configure(reader: { get(key: string): string | undefined }): void {
  config = { get: (key) => reader.get(`intune:${key}`) };
  client = undefined;
  watchLife();
}

/**
 * The one client of the process: token, connections, quota and batches are shared by all resources of an engine operation.
 * Made at first use, so that `check` and `diff` need neither endpoint nor credentials.
 * @throws {ConfigurationError}
 */
export function graphClient(): GraphClient {
  client ??= createGraphClient(readSettings(config, process.env), USER_AGENT);
  return client;
}

/** How long the engine waits for a plugin after it has interrupted it. Source: pulumi/pulumi plugin.go, 5 s. */
const DRAIN_MS = 4_500;
const SIGNAL_NUMBERS = { SIGINT: 2, SIGTERM: 15 } as const;

let isWatching = false;

/** End with the engine: at once when it is gone, after the requests that are out when it says so. */
function watchLife(): void {
  if (isWatching) return;
  isWatching = true;
  startLog(process.env["PULUMI_INTUNE_LOG"], (line) => process.stderr.write(`${line}\n`));
  watchEngine({ engineAddress: process.argv[2], whenGone: () => process.exit(1) });
  for (const [signal, number] of Object.entries(SIGNAL_NUMBERS)) {
    process.once(signal, () => {
      const end = (): never => process.exit(128 + number);
      setTimeout(end, DRAIN_MS).unref();
      void Promise.resolve(client?.drain()).then(end);
    });
  }
}
