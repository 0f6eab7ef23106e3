import { AuthenticationError } from "../../../provider/src/graph/errors";
import { type TokenSourceParts, tokenSource } from "../../../provider/src/graph/signIn/tokenSource";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** A source over a counted authority, with a clock the test moves. Tokens are named t1, t2, … */
function counted(lifetimeMs = HOUR_MS, refreshInMs?: number) {
  let now = 0;
  let failing: Error | undefined;
  const demands: boolean[] = [];
  const acquire: TokenSourceParts["acquire"] = ({ fresh }) => {
    demands.push(fresh);
    if (failing !== undefined) return Promise.reject(failing);
    const refresh = refreshInMs === undefined ? {} : { refreshAfterTimestamp: now + refreshInMs };
    return Promise.resolve({ token: `t${String(demands.length)}`, expiresOnTimestamp: now + lifetimeMs, ...refresh });
  };
  const get = tokenSource({ acquire, now: () => now, limitMs: MINUTE_MS });
  return {
    get: (refused?: string) => get({ deadlineMs: now + MINUTE_MS, ...(refused === undefined ? {} : { refused }) }),
    demands,
    at: (ms: number) => (now = ms),
    fail: (error: Error | undefined) => (failing = error),
  };
}

/** Lets what runs beside the caller come to its end. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("callers that come together share one request, and the next ones its token", async () => {
  const source = counted();
  expect(await Promise.all([source.get(), source.get(), source.get()])).toEqual(["t1", "t1", "t1"]);
  expect(await source.get()).toBe("t1");
  expect(source.demands).toEqual([false]);
});

test.each<[string, number, number | undefined, number]>([
  ["five minutes before its end", HOUR_MS, undefined, 55 * MINUTE_MS],
  ["at its half, where it is short", MINUTE_MS, undefined, MINUTE_MS / 2],
  ["when the authority advises", HOUR_MS, 20 * MINUTE_MS, 20 * MINUTE_MS],
])("a token is renewed %s, beside the requests that still use it", async (_, lifetimeMs, refreshInMs, renewMs) => {
  const source = counted(lifetimeMs, refreshInMs);
  await source.get();
  source.at(renewMs - 1);
  expect([await source.get(), source.demands.length]).toEqual(["t1", 1]);
  source.at(renewMs);
  expect(await source.get()).toBe("t1");
  await settled();
  expect([await source.get(), source.demands.length]).toEqual(["t2", 2]);
});

test("a token that has ended is waited for", async () => {
  const source = counted();
  await source.get();
  source.at(HOUR_MS);
  expect(await source.get()).toBe("t2");
});

test("a renewal that fails leaves the good token in use, is not repeated at once, and is told when the token has ended", async () => {
  const source = counted();
  await source.get();
  source.fail(new AuthenticationError("no", "no", undefined));
  source.at(56 * MINUTE_MS);
  expect(await source.get()).toBe("t1");
  await settled();
  expect([await source.get(), source.demands.length]).toEqual(["t1", 2]);
  source.at(57 * MINUTE_MS);
  expect([await source.get(), source.demands.length]).toEqual(["t1", 3]);
  await settled();
  source.at(HOUR_MS);
  await expect(source.get()).rejects.toThrow(AuthenticationError);
  source.fail(undefined);
  expect(await source.get()).toBe("t5");
});

test("a refused token is replaced by a fresh one, once for all who were refused", async () => {
  const source = counted();
  await source.get();
  expect(await Promise.all([source.get("t1"), source.get("t1"), source.get()])).toEqual(["t2", "t2", "t2"]);
  expect(source.demands).toEqual([false, true]);
});

test("nobody waits beyond the own deadline, and a request that never ends does not block the next", async () => {
  let calls = 0;
  const signals: AbortSignal[] = [];
  const get = tokenSource({
    acquire: ({ signal }) => {
      signals.push(signal);
      return ++calls === 1
        ? new Promise(() => undefined)
        : Promise.resolve({ token: "t", expiresOnTimestamp: HOUR_MS });
    },
    now: () => 0,
    limitMs: 40,
  });
  const hasty = get({ deadlineMs: 10 });
  const patient = get({ deadlineMs: MINUTE_MS });
  await expect(hasty).rejects.toThrow("no token within 0.0 s");
  await expect(patient).rejects.toThrow(
    "cannot sign in to Microsoft Entra: no token within 0.0 s; check intune:authorityHost and the network, or raise intune:requestTimeoutSeconds",
  );
  expect(signals[0]?.aborted).toBe(true);
  expect(await get({ deadlineMs: MINUTE_MS })).toBe("t");
});
