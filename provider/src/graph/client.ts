import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { GraphResponse } from "./middleware";
import { graphDispatcher } from "./graphDispatcher";
import type { OperationRequest, OperationTime } from "./operationRequest";
import { graphPipeline } from "./pipeline";
import { sharedQuota } from "./quota";
import { drainable } from "./steps/drainable";
import type { GraphSettings, OperationName } from "./settings";
import { acquireToken } from "./signIn/acquireToken";
import { applicationOf } from "./signIn/signIn";
import { tokenSource } from "./signIn/tokenSource";
import { trustedAuthorities } from "./trust";
import { undiciSend } from "./undiciSend";

/** Sends requests below one endpoint, signed in, retried and explained. Speaks HTTP and JSON; knows no entity. */
export interface GraphClient {
  /** Origin and base path of Graph, without trailing slash. */
  readonly graphEndpoint: string;
  /** Whether a create may take an equal row that a run before has left behind. */
  readonly adopt: boolean;
  /** When an operation that starts now began, and by when it must be over. */
  newOperation(name: OperationName): OperationTime;
  /** Let nothing more out; resolves when all that is out has been answered. */
  drain(): Promise<void>;
  /** @throws {GraphError} for every answer of 400 and above, and where none came */
  send(request: OperationRequest): Promise<GraphResponse>;
}

export function createGraphClient(settings: GraphSettings, userAgent: string): GraphClient {
  const ca = trustedAuthorities(settings.caCertificatePath);
  const drain = drainable();
  const clock = {
    now: Date.now,
    sleep: (ms: number, signal?: AbortSignal) => sleep(ms, undefined, signal === undefined ? {} : { signal }),
    random: Math.random,
  };
  const { graphEndpoint, quota } = settings;
  const send = graphPipeline({
    clock,
    getToken: tokenSource({ acquire: acquireToken(settings, ca), now: clock.now, limitMs: settings.requestTimeoutMs }),
    newId: randomUUID,
    userAgent,
    drain,
    quota: quota && sharedQuota([graphEndpoint, applicationOf(settings.signIn)], quota, clock),
    batch: settings.batch ? { graphEndpoint, newId: randomUUID, clock } : undefined,
    send: undiciSend(graphDispatcher(settings, ca), settings.requestTimeoutMs, clock.now),
  });
  return {
    graphEndpoint,
    adopt: settings.adopt,
    drain: () => drain.stop(),
    newOperation: (name) => {
      const startedMs = clock.now();
      return { startedMs, deadlineMs: startedMs + settings.timeoutsMs[name] };
    },
    send: (request) => send({ ...request, headers: {} }),
  };
}
