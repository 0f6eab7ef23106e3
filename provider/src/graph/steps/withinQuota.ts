import { StoppedError } from "../errors";
import type { GraphRequest, Middleware } from "../middleware";
import type { Quota } from "../quota";

/** Holds each attempt back until the quota has room for it, or nothing is sent any more. */
export function withinQuota(quota: Quota, stopping: AbortSignal): Middleware {
  return (next) => async (request) => {
    await unlessStopped(quota.enter(request), stopping, request);
    try {
      const response = await next(request);
      quota.leave(request, response);
      return response;
    } catch (error) {
      quota.leave(request);
      throw error;
    }
  };
}

function unlessStopped(entered: Promise<void>, stopping: AbortSignal, { operation }: GraphRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      reject(new StoppedError(operation));
    };
    if (stopping.aborted) stop();
    stopping.addEventListener("abort", stop, { once: true });
    void entered.then(resolve, reject).finally(() => {
      stopping.removeEventListener("abort", stop);
    });
  });
}
