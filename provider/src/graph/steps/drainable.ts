import { StoppedError } from "../errors";
import type { Middleware } from "../middleware";

/** Counts the requests that are out, and lets no more out once it is told to stop. */
export interface Drain {
  readonly step: Middleware;
  /** Refuse further requests; resolves when those that are out have been answered. */
  stop(): Promise<void>;
}

export function drainable(): Drain {
  const out = new Set<Promise<unknown>>();
  let stopped = false;
  return {
    step: (next) => async (request) => {
      if (stopped) throw new StoppedError(request.operation);
      const response = next(request);
      out.add(response);
      try {
        return await response;
      } finally {
        out.delete(response);
      }
    },
    async stop() {
      stopped = true;
      await Promise.allSettled(out);
    },
  };
}
