import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { QuotaError } from "../../../provider/src/graph/errors";
import type { GraphRequest, GraphResponse } from "../../../provider/src/graph/middleware";
import { Quota, sharedQuota } from "../../../provider/src/graph/quota";
import { WAIT_CHANNEL } from "../../../provider/src/graph/telemetry";

const clock = { now: () => Date.now(), sleep: (ms: number) => new Promise((resolve) => setTimeout(resolve, ms)) };
const SETTINGS = { writesPerWindow: 2, requestsPerWindow: 5, windowMs: 10_000 };
const LATENCY_MS = 10;

const told: unknown[] = [];
const hear = (message: unknown): void => void told.push(message);
beforeEach(() => {
  jest.useFakeTimers({ now: 1_000_000 });
  told.length = 0;
  subscribe(WAIT_CHANNEL, hear);
});
afterEach(() => {
  unsubscribe(WAIT_CHANNEL, hear);
  jest.useRealTimers();
});

const request = (method: GraphRequest["method"], deadlineMs = 10_000_000): GraphRequest => ({
  method,
  url: "https://graph.example/beta/x",
  headers: {},
  operation: `${method} thing`,
  resource: "thing",
  permission: "",
  identityValues: [],
  startedMs: 0,
  deadlineMs,
});
const answer = (status: number, headers: Record<string, string> = {}): GraphResponse => ({
  status,
  headers,
  body: "",
  attempts: 1,
});

/** Send requests at once; when each went out, in milliseconds from the start, by name. */
function sending(quota: Quota, requests: readonly [name: string, request: GraphRequest, response?: GraphResponse][]) {
  const started = Date.now();
  const sent: string[] = [];
  const refused: string[] = [];
  for (const [name, one, response] of requests) {
    quota.enter(one).then(
      () => {
        sent.push(`${name} ${String(Date.now() - started)}`);
        setTimeout(() => {
          quota.leave(one, response ?? answer(200));
        }, LATENCY_MS);
      },
      (error: unknown) => refused.push(`${name} ${error instanceof QuotaError ? error.message : String(error)}`),
    );
  }
  return { sent, refused };
}

test("writes go in order of arrival, each a window after the answer that frees its slot", async () => {
  const { sent } = sending(new Quota(SETTINGS, clock), [
    ["a", request("POST")],
    ["b", request("PATCH")],
    ["c", request("DELETE")],
    ["d", request("POST")],
    ["e", request("POST")],
  ]);
  await jest.advanceTimersByTimeAsync(25_000);
  expect(sent).toEqual(["a 0", "b 0", "c 10011", "d 10011", "e 20022"]);
});

test("reads have a line of their own, and count with the writes against all requests", async () => {
  const { sent } = sending(new Quota(SETTINGS, clock), [
    ["write", request("POST")],
    ["write", request("POST")],
    ["late write", request("POST")],
    ["read", request("GET")],
    ["read", request("GET")],
    ["read", request("GET")],
    ["late read", request("GET")],
  ]);
  await jest.advanceTimersByTimeAsync(15_000);
  expect(sent).toEqual(["write 0", "write 0", "read 0", "read 0", "read 0", "late write 10011", "late read 10011"]);
});

test("what does not fit its deadline is refused at once, and holds nobody up", async () => {
  const soon = Date.now() + 5_000;
  const { sent, refused } = sending(new Quota(SETTINGS, clock), [
    ["a", request("POST", soon)],
    ["b", request("POST", soon)],
    ["c", request("POST", soon)],
    ["d", request("POST")],
  ]);
  await jest.advanceTimersByTimeAsync(0);
  expect(refused).toEqual([
    "c POST thing: not sent: the quota of 2 writes in 10 s has no room for it for 10.0 s, longer than the operation may take: " +
      "raise intune:operationTimeoutSeconds, or lower --parallel",
  ]);
  await jest.advanceTimersByTimeAsync(10_100);
  expect(sent).toEqual(["a 0", "b 0", "d 10011"]);
});

test.each([
  ["the header", answer(429, { "retry-after": "3" }), 3010],
  [
    "Intune's message",
    { ...answer(429), body: JSON.stringify({ error: { message: '{"Message":"Slow","RetryAfter":"4"}' } }) },
    4010,
  ],
  ["nothing: a tenth of the window", answer(429), 1010],
])("a 429 to a write rests all writes, and no read, as long as it says in %s", async (_, refusal, restMs) => {
  const quota = new Quota(SETTINGS, clock);
  const first = sending(quota, [["first", request("POST"), refusal]]);
  await jest.advanceTimersByTimeAsync(LATENCY_MS);
  const { sent } = sending(quota, [
    ["write", request("POST")],
    ["read", request("GET")],
  ]);
  await jest.advanceTimersByTimeAsync(9_000);
  expect([...first.sent, ...sent]).toEqual(["first 0", "read 0", `write ${String(restMs - LATENCY_MS)}`]);
});

test("a rest that outlasts the deadline of what waits refuses it at once", async () => {
  const quota = new Quota(SETTINGS, clock);
  sending(quota, [
    ["a", request("POST"), answer(429, { "retry-after": "60" })],
    ["b", request("POST")],
  ]);
  const { refused } = sending(quota, [["c", request("POST", Date.now() + 30_000)]]);
  await jest.advanceTimersByTimeAsync(LATENCY_MS);
  expect(refused).toEqual([expect.stringMatching(/^c POST thing: not sent: .*no room for it for 60\.0 s/)]);
});

test("a wait is told once, with the number of those who wait; a short one is not", async () => {
  const quota = new Quota(SETTINGS, clock);
  sending(
    quota,
    Array.from({ length: 5 }, (_, index) => [`w${String(index)}`, request("POST")]),
  );
  await jest.advanceTimersByTimeAsync(9_000);
  expect(told).toEqual([{ reason: "quota", waitMs: 9901, waiting: 3, allowance: "2 writes in 10 s" }]);
  await jest.advanceTimersByTimeAsync(10_000);
  expect(told.slice(1)).toEqual([expect.objectContaining({ waiting: 1 })]);
  const short = new Quota({ ...SETTINGS, windowMs: 900 }, clock);
  sending(
    short,
    Array.from({ length: 5 }, () => ["w", request("POST")]),
  );
  await jest.advanceTimersByTimeAsync(5_000);
  expect(told).toHaveLength(2);
});

test("one application in one tenant has one quota, whichever client asks", () => {
  const one = sharedQuota(["https://graph.example", "tenant", "app"], SETTINGS, clock);
  expect(sharedQuota(["https://graph.example", "tenant", "app"], { ...SETTINGS }, clock)).toBe(one);
  expect(sharedQuota(["https://graph.example", "tenant", "other"], SETTINGS, clock)).not.toBe(one);
});
