/** What came of one attempt, as far as the decision needs it. */
export type Outcome =
  | {
      readonly kind: "answer";
      readonly status: number;
      /** As {@link parseRetryAfter} read it. */ readonly retryAfterMs: number | undefined;
    }
  | {
      readonly kind: "noAnswer";
      /** Whether the request can have reached the service. */ readonly mayHaveArrived: boolean;
    };

export interface Attempt {
  readonly method: string;
  /** 1 for the first. */
  readonly attempt: number;
  readonly outcome: Outcome;
  /** Time left of the operation. */
  readonly remainingMs: number;
  /** From 0 to below 1. */
  readonly random: number;
}

/** `verify`: the write may have taken place, so it is looked for before anything else is done (after the wait, if any). */
export type Decision =
  /** Send the same request again after the wait. */
  | { readonly kind: "resend"; readonly waitMs: number; readonly verify: boolean }
  /** Take the outcome as it is; `tooLongWaitMs` where the server asks to come again after more time than is left. */
  | { readonly kind: "final"; readonly verify: boolean; readonly tooLongWaitMs?: number };

/**
 * Statuses that ask to come again: as long as the operation has time. 504 is what Graph's front answers for Intune; 424
 * what Graph's throttling page has for a batch in which another request was throttled.
 */
const COME_AGAIN = new Set([424, 429, 503, 504]);
/** Refused before anything was done. 424: RFC 4918 section 11.4, the action could not be performed. */
const NOT_CARRIED_OUT = new Set([424, 429]);
/** Statuses of a stumble: worth a few more attempts. */
const STUMBLE = new Set([500, 502]);
const MAX_ATTEMPTS_WITHOUT_INVITATION = 4;

const FIRST_BACKOFF_MS = 250;
const MAX_BACKOFF_MS = 30_000;

/**
 * Whether and when to send a request again. Pure.
 *
 * A 429 or 424 was not carried out, whatever the method. After any other failure a POST may have been carried out, and is
 * verified first; unless it certainly never left (`mayHaveArrived` false).
 */
export function decide(attempt: Attempt): Decision {
  const { outcome } = attempt;
  const invited = outcome.kind === "answer" && COME_AGAIN.has(outcome.status);
  const stumbled = outcome.kind === "noAnswer" || STUMBLE.has(outcome.status);
  if (!invited && !stumbled) return { kind: "final", verify: false };
  const verify = mayHaveTakenPlace(attempt);
  if (!invited && attempt.attempt >= MAX_ATTEMPTS_WITHOUT_INVITATION) return { kind: "final", verify };
  const asked = outcome.kind === "answer" ? outcome.retryAfterMs : undefined;
  const waitMs = asked ?? backoffMs(attempt);
  if (waitMs >= attempt.remainingMs) return { kind: "final", verify, ...(invited ? { tooLongWaitMs: waitMs } : {}) };
  return { kind: "resend", waitMs, verify };
}

/** True if a write that is not idempotent can have been carried out although it failed. */
function mayHaveTakenPlace({ method, outcome }: Attempt): boolean {
  if (method !== "POST") return false;
  return outcome.kind === "answer" ? !NOT_CARRIED_OUT.has(outcome.status) : outcome.mayHaveArrived;
}

/** Full jitter: anywhere from nothing to the doubled step, so that many clients do not come back at once. */
function backoffMs({ attempt, random }: Attempt): number {
  return Math.round(random * Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** attempt));
}
