import type { Emulation } from "../emulation";
import type { EmulatorRequest } from "../http/exchange";
import { isJsonObject } from "../model/json";
import { GraphError } from "./graphError";
import { parseJson } from "./requestBody";

/**
 * Refuses what goes beyond the quota of the caller's application; a request within a `$batch` counts as one of its own, the batch
 * itself does not (Graph page "throttling"). Code: almenscorner/IntuneCD #217. Retry-After in decimal seconds, as in the sample of that
 * page. Assumption: the text.
 */
export function throttle(request: EmulatorRequest, { quota }: Emulation): void {
  const waitMs = quota?.take(applicationOf(request), request.method !== "GET", Date.now());
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

/** `appid` of the token, which has been verified before. */
function applicationOf({ headers }: EmulatorRequest): string {
  const payload = Buffer.from((headers.authorization ?? "").split(".")[1] ?? "", "base64url");
  const claims = parseJson(payload);
  return isJsonObject(claims) && typeof claims["appid"] === "string" ? claims["appid"] : "";
}
