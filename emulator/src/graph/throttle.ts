import type { Emulation } from "../emulation";
import type { EmulatorRequest } from "../http/exchange";
import type { Granted } from "../identity/accessTokens";
import { GraphError } from "./graphError";

/**
 * Refuses what goes beyond the quota of the caller's application; a request within a `$batch` counts as one of its own, the batch
 * itself does not (Graph page "throttling"). Code: almenscorner/IntuneCD #217. Retry-After in decimal seconds, as in the sample of that
 * page. Assumption: the text.
 */
export function throttle({ clientId }: Granted, { method }: EmulatorRequest, { quota, clock }: Emulation): void {
  const waitMs = quota?.take(clientId, method !== "GET", clock.nowMs());
  if (waitMs === undefined) return;
  throw new GraphError(
    429,
    "TooManyRequests",
    "Too many requests: the quota of this application is used up.",
    "intune",
    {
      "Retry-After": (Math.ceil(waitMs) / 1000).toFixed(3),
    },
  );
}
