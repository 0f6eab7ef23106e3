import type { Middleware } from "../middleware";

/** A fresh `client-request-id` on each attempt, so that one line of the service's log is one attempt of ours. */
export function clientRequestId(newId: () => string): Middleware {
  return (next) => (request) => next({ ...request, headers: { ...request.headers, "client-request-id": newId() } });
}
