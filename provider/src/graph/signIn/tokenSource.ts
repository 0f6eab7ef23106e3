import type { AccessToken } from "@azure/identity";
import { AuthenticationError } from "../errors";

export interface TokenDemand {
  /** Epoch milliseconds by which the operation that needs the token must be over. */
  readonly deadlineMs: number;
  /** The token the service has refused: another one is wanted. */
  readonly refused?: string;
}

/** @throws {AuthenticationError} */
export type GetToken = (demand: TokenDemand) => Promise<string>;

export interface TokenSourceParts {
  /** One token. `fresh`: not one that was handed out before. Gives up when the signal says so. */
  readonly acquire: (demand: { readonly fresh: boolean; readonly signal: AbortSignal }) => Promise<AccessToken>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Longest time for one token. */
  readonly limitMs: number;
}

/** A token this close to its end is renewed, as clocks differ and a request takes time; one of short life at its half. */
const RENEW_BEFORE_EXPIRY_MS = 5 * 60_000;
/** After a renewal that failed while the token is still good. */
const RENEW_AGAIN_MS = 30_000;

interface Held {
  readonly token: string;
  readonly expiresMs: number;
  renewMs: number;
}

/**
 * One token for all: callers that come while one is on its way wait for that one (the library itself would send a
 * request each). A good token that nears its end is used while the next is fetched beside; one that has ended or was
 * refused is waited for.
 */
export function tokenSource({ acquire, now, limitMs }: TokenSourceParts): GetToken {
  let held: Held | undefined;
  let pending: Promise<Held> | undefined;

  const renew = async (fresh: boolean): Promise<Held> => {
    const stop = new AbortController();
    try {
      held = toHeld(await within(limitMs, acquire({ fresh, signal: stop.signal })), now());
      return held;
    } catch (error) {
      if (held !== undefined) held.renewMs = now() + RENEW_AGAIN_MS;
      throw error;
    } finally {
      stop.abort();
      pending = undefined;
    }
  };

  return async ({ deadlineMs, refused }) => {
    const isRefused = held !== undefined && held.token === refused;
    if (isRefused) held = undefined;
    const usable = held !== undefined && now() < held.expiresMs ? held : undefined;
    if (usable !== undefined && now() < usable.renewMs) return usable.token;
    pending ??= renew(isRefused);
    if (usable !== undefined) {
      pending.catch(() => undefined);
      return usable.token;
    }
    return (await within(Math.max(1, deadlineMs - now()), pending)).token;
  };
}

function toHeld({ token, expiresOnTimestamp, refreshAfterTimestamp }: AccessToken, nowMs: number): Held {
  const early = expiresOnTimestamp - Math.min(RENEW_BEFORE_EXPIRY_MS, (expiresOnTimestamp - nowMs) / 2);
  // What the authority advises (refresh_in), unless that is past: then the library has handed out a token it had.
  const advised = refreshAfterTimestamp !== undefined && refreshAfterTimestamp > nowMs ? refreshAfterTimestamp : early;
  return { token, expiresMs: expiresOnTimestamp, renewMs: Math.min(early, advised) };
}

async function within<T>(limitMs: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const reason = `no token within ${(limitMs / 1000).toFixed(1)} s`;
      const whatToDo = "check intune:authorityHost and the network, or raise intune:requestTimeoutSeconds";
      reject(new AuthenticationError(reason, whatToDo, undefined));
    }, limitMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
