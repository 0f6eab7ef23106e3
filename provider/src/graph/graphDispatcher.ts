import { Agent, type Dispatcher, EnvHttpProxyAgent } from "undici";
import { isLoopback } from "./addresses";
import type { GraphSettings } from "./settings";

/** undici's 4 s would close connections between the bursts in which the engine works; Graph keeps them for minutes. */
const KEEP_ALIVE_MS = 60_000;
/** As many as the engine runs at once on a large machine; more requests wait for a free connection. */
const MAX_CONNECTIONS = 32;

/**
 * The connections to Graph. `HTTPS_PROXY` and `NO_PROXY` are honoured, except for this machine itself, which no proxy
 * reaches. `ca`: certificate authorities in place of Node's own choice. The deadlines of headers and body are switched off here: one deadline for the whole exchange rules both.
 */
export function graphDispatcher(settings: GraphSettings, ca: string[] | undefined): Dispatcher {
  const tls = { timeout: settings.connectTimeoutMs, ...(ca === undefined ? {} : { ca }) };
  const options = {
    keepAliveTimeout: KEEP_ALIVE_MS,
    connections: MAX_CONNECTIONS,
    headersTimeout: 0,
    bodyTimeout: 0,
  };
  if (isLoopback(new URL(settings.graphEndpoint))) return new Agent({ ...options, connect: tls });
  return new EnvHttpProxyAgent({ ...options, connect: tls, requestTls: tls, proxyTls: tls });
}
