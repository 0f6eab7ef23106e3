import { setMaxListeners } from "node:events";
import { StoppedError } from "../errors";
import type { Middleware } from "../middleware";

/** Counts the requests that are out, and lets no more out once it is told to stop. */
export interface Drain {
  readonly step: Middleware;
  /** Aborted by `stop`, so that nobody sleeps on. */
  readonly signal: AbortSignal;
  /** Refuse further requests; resolves when those that are out have been answered. */
  stop(): Promise<void>;
}

export function drainable(): Drain {
  const out = new Set<Promise<unknown>>();
  const stopping = new AbortController();
  // As many as wait at once listen to it; Node would take more than ten for a leak and say so on stderr.
  setMaxListeners(0, stopping.signal);
  return {
    signal: stopping.signal,
    step: (next) => async (request) => {
      if (stopping.signal.aborted) throw new StoppedError(request.operation);
      const response = next(request);
      out.add(response);
      try {
        return await response;
      } finally {
        out.delete(response);
      }
    },
    async stop() {
      stopping.abort();
      await Promise.allSettled(out);
    },
  };
}
