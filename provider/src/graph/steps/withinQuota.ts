import type { Middleware } from "../middleware";
import type { Quota } from "../quota";

/** Holds each attempt back until the quota has room for it. */
export function withinQuota(quota: Quota): Middleware {
  return (next) => async (request) => {
    await quota.enter(request);
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
