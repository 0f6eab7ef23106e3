import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Agent } from "undici";
import type { GraphResponse } from "./middleware";
import type { OperationRequest } from "./operationRequest";
import { graphPipeline } from "./pipeline";
import { drainable } from "./steps/drainable";
import type { GraphSettings } from "./settings";
import { acquireToken } from "./signIn/acquireToken";
import { tokenSource } from "./signIn/tokenSource";
import { trustedAuthorities } from "./trust";
import { undiciSend } from "./undiciSend";

/** undici's 4 s would close connections between the bursts in which the engine works; Graph keeps them for minutes. */
const KEEP_ALIVE_MS = 60_000;
/** As many as the engine runs at once on a large machine; more requests wait for a free connection. */
const MAX_CONNECTIONS = 32;

/** Sends requests below one endpoint, signed in, retried and explained. Speaks HTTP and JSON; knows no entity. */
export interface GraphClient {
  /** Origin and base path of Graph, without trailing slash. */
  readonly graphEndpoint: string;
  /** Whether a create may take an equal row that a run before has left behind. */
  readonly adopt: boolean;
  /** Epoch milliseconds by which an operation that starts now must be over. */
  newDeadlineMs(): number;
  /** Let nothing more out; resolves when all that is out has been answered. */
  drain(): Promise<void>;
  /** @throws {GraphError} for every answer of 400 and above, and where none came */
  send(request: OperationRequest): Promise<GraphResponse>;
}

export function createGraphClient(settings: GraphSettings, userAgent: string): GraphClient {
  const ca = trustedAuthorities(settings.caCertificatePath);
  const agent = new Agent({
    keepAliveTimeout: KEEP_ALIVE_MS,
    connections: MAX_CONNECTIONS,
    ...(ca === undefined ? {} : { connect: { ca } }),
  });
  const drain = drainable();
  const clock = { now: Date.now, sleep: (ms: number) => sleep(ms), random: Math.random };
  const send = graphPipeline({
    clock,
    getToken: tokenSource({ acquire: acquireToken(settings, ca), now: clock.now, limitMs: settings.requestTimeoutMs }),
    newId: randomUUID,
    userAgent,
    drain,
    send: undiciSend(agent, settings.requestTimeoutMs, clock.now),
  });
  return {
    graphEndpoint: settings.graphEndpoint,
    adopt: settings.adopt,
    drain: () => drain.stop(),
    newDeadlineMs: () => clock.now() + settings.operationTimeoutMs,
    send: (request) => send({ ...request, headers: {} }),
  };
}
