import type { Emulation } from "../emulation";
import type { EmulatorRequest } from "../http/exchange";
import type { Granted } from "../identity/accessTokens";
import { GraphError } from "./graphError";

/**
 * Refuses what goes beyond the quota of the caller's application or tenant; a request within a `$batch` counts as one of its own, the
 * batch itself does not (Graph page "throttling"). Code: almenscorner/IntuneCD #217. Retry-After in decimal seconds, as in the sample of
 * that page. Assumption: the text.
 */
export function throttle({ tenantId, clientId }: Granted, { method }: EmulatorRequest, emulation: Emulation): void {
  const { quota, clock } = emulation;
  const over = quota?.take(tenantId, clientId, method !== "GET", clock.nowMs());
  if (over === undefined) return;
  const text = `Too many requests: the quota of this ${over.scope} is used up.`;
  const retryAfterSeconds = (Math.ceil(over.waitMs) / 1000).toFixed(3);
  throw new GraphError(429, "TooManyRequests", text, "intune", { "Retry-After": retryAfterSeconds });
}
