import type { Middleware } from "../middleware";

/** What every request carries. Only `Accept` is documented for this entity; the agent's name helps whoever reads logs. */
export function commonHeaders(userAgent: string): Middleware {
  return (next) => (request) => {
    const contentType = request.body === undefined ? {} : { "content-type": "application/json" };
    return next({
      ...request,
      headers: { accept: "application/json", "user-agent": userAgent, ...contentType, ...request.headers },
    });
  };
}
