import { answerError } from "../graph/answerGraph";
import { GraphError } from "../graph/graphError";
import type { ThrottleFault } from "../world/fault";
import type { Clock } from "../world/clock";
import type { Answer, EmulatorRequest } from "./exchange";

/** Graph page "throttling": "wait the number of seconds specified"; its samples and those of "json-batching" say 10 and 2.128. */
const DEFAULT_RETRY_AFTER_SECONDS = 10;

/**
 * A refusal for now in one of the forms clients meet: RFC 9110 section 10.2.3 knows seconds and dates; decimals are in Graph's own samples;
 * a missing header and `RetryAfter` in Intune's JSON document are from almenscorner/IntuneCD #217. Assumption: that one is in seconds.
 */
export function answerThrottle({ throttle }: ThrottleFault, request: EmulatorRequest, clock: Clock): Answer {
  const { form, retryAfterSeconds = DEFAULT_RETRY_AFTER_SECONDS, status = 429 } = throttle;
  const code = status === 429 ? "TooManyRequests" : "ServiceUnavailable";
  const header = {
    integer: String(Math.ceil(retryAfterSeconds)),
    decimal: retryAfterSeconds.toFixed(3),
    // Whole seconds are all a date has: never before the wait is over.
    httpDate: new Date(Math.ceil(clock.nowMs() / 1000 + retryAfterSeconds) * 1000).toUTCString(),
    message: undefined,
    absent: undefined,
  }[form];
  const headers: Record<string, string> = header === undefined ? {} : { "Retry-After": header };
  const inMessage = form === "message" ? retryAfterSeconds : null;
  const text = `An error has occurred (fault: throttle ${form}).`;
  return answerError(request, new GraphError(status, code, text, "intune", headers, inMessage), clock);
}
