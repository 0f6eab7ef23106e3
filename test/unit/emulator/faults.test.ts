import { Faults } from "../../../emulator/src/world/faults";
import type { FaultRule } from "../../../emulator/src/world/fault";
import { readFaultRule } from "../../../emulator/src/control/faultRule";

const STATUSES = "/beta/deviceManagement/deviceCompliancePolicies/p/deviceStatuses";
const busy = { status: 429 };

function struck(rule: FaultRule, requests: [method: string, path: string, isGraph?: boolean][]): boolean[] {
  const faults = new Faults(0);
  faults.add(rule);
  return requests.map(([method, path, isGraph = true]) => faults.strike(method, path, isGraph) !== undefined);
}

test("a rule strikes once, the first request that matches", () => {
  expect(
    struck({ fault: busy }, [
      ["GET", STATUSES],
      ["GET", STATUSES],
    ]),
  ).toEqual([true, false]);
});

test("skip lets requests through, times ends it; requests that do not match are not counted", () => {
  const rule = { match: { method: "post", path: "/**/deviceStatuses" }, skip: 1, times: 2, fault: busy };
  const post: [string, string] = ["POST", STATUSES];
  expect(struck(rule, [post, ["GET", STATUSES], ["POST", `${STATUSES}/s`], post, post, post])).toEqual([
    false,
    false,
    false,
    true,
    true,
    false,
  ]);
});

test("of several rules the first that is due strikes, and the next takes over when it is done", () => {
  const faults = new Faults(0);
  faults.add({ fault: { status: 503 } });
  faults.add({ fault: { status: 429 } });
  const strike = (): unknown => faults.strike("GET", STATUSES, true);
  expect([strike(), strike(), strike()]).toEqual([{ status: 503 }, { status: 429 }, undefined]);
});

test("a token request is struck only by a rule that names its path", () => {
  const token: [string, string, boolean] = ["POST", "/tenant/oauth2/v2.0/token", false];
  expect(struck({ fault: busy }, [token])).toEqual([false]);
  expect(struck({ match: { path: "**" }, fault: busy }, [token])).toEqual([false]);
  expect(struck({ match: { path: "/*/oauth2/**" }, fault: busy }, [token])).toEqual([true]);
});

const struckOf = (seed: number, rule: FaultRule, count = 400): number[] => {
  const faults = new Faults(seed);
  faults.add(rule);
  return Array.from({ length: count }, (_, index) => index).filter(() => faults.strike("GET", STATUSES, true));
};

test("a probability strikes about that share, for ever; the same requests in every run with the same seed, others with another", () => {
  const rule = { probability: 0.25, fault: busy };
  const first = struckOf(7, rule);
  // The standard deviation of 400 draws at 0.25 is 8.7.
  expect(Math.abs(first.length - 100)).toBeLessThan(35);
  expect(struckOf(7, rule)).toEqual(first);
  expect(struckOf(8, rule)).not.toEqual(first);
  expect(struckOf(7, { ...rule, probability: 1 })).toHaveLength(400);
});

test("skip and times bound a probability", () => {
  const struckIndexes = struckOf(7, { probability: 0.5, skip: 10, times: 3, fault: busy });
  expect(struckIndexes).toHaveLength(3);
  expect(Math.min(...struckIndexes)).toBeGreaterThanOrEqual(10);
});

test("a rule draws its own numbers, whatever other rules there are, and after clear the same again", () => {
  const alone = struckOf(7, { match: { method: "GET" }, probability: 0.5, fault: busy });
  const faults = new Faults(7);
  const run = (): number[] => {
    faults.add({ match: { method: "GET" }, probability: 0.5, fault: busy });
    faults.add({ match: { method: "POST" }, probability: 0.5, fault: { status: 500 } });
    return Array.from({ length: 400 }, (_, index) => index).filter((index) => {
      if (index % 3 === 0) faults.strike("POST", STATUSES, true);
      return faults.strike("GET", STATUSES, true) !== undefined;
    });
  };
  expect(run()).toEqual(alone);
  faults.clear();
  expect(run()).toEqual(alone);
});

test("a range of delays is drawn from, within its ends and by the seed", () => {
  const delays = (seed: number): number[] => {
    const faults = new Faults(seed);
    faults.add({ times: 200, fault: { delayMs: { from: 5, to: 8 } } });
    return Array.from({ length: 200 }, () => (faults.strike("GET", STATUSES, true) as { delayMs: number }).delayMs);
  };
  expect([...new Set(delays(1))].sort()).toEqual([5, 6, 7, 8]);
  expect(delays(1)).toEqual(delays(1));
  expect(delays(1)).not.toEqual(delays(2));
});

test("list tells what each rule has seen and struck", () => {
  const faults = new Faults(0);
  const rule: FaultRule = { match: { method: "GET" }, skip: 1, fault: busy };
  faults.add(rule);
  for (const method of ["GET", "POST", "GET", "GET"]) faults.strike(method, STATUSES, true);
  expect(faults.list()).toEqual([{ rule, seen: 3, struck: 1 }]);
});

test("clear forgets all rules", () => {
  const faults = new Faults(0);
  faults.add({ times: 9, fault: busy });
  faults.clear();
  expect(faults.strike("GET", STATUSES, true)).toBeUndefined();
});

test.each<FaultRule>([
  { fault: { status: 429, headers: { "Retry-After": "2.128" }, body: { a: 1 }, commit: true } },
  { match: { method: "GET", path: "**" }, skip: 0, times: 3, fault: { delayMs: 0 } },
  { fault: { drop: "afterCommit" } },
  { probability: 0.5, fault: { delayMs: { from: 1, to: 1 } } },
  { fault: { throttle: { form: "httpDate", retryAfterSeconds: 2.128, status: 503 } } },
  { fault: { throttle: { form: "absent" } } },
  { fault: { truncateAfterBytes: 0, keepConnection: true } },
  { fault: { contentType: "text/html", text: "<html>" } },
  { fault: { hide: { reads: 2 } } },
  { fault: { hide: { seconds: 0.5 } } },
  { fault: { outOfBand: { delete: true, id: "x" } } },
  { fault: { outOfBand: { set: { status: "error", installStatus: "idle" } } } },
])("a rule read from JSON is the rule: %j", (rule) => {
  expect(readFaultRule(JSON.parse(JSON.stringify(rule)))).toEqual(rule);
});

test.each<[unknown, string]>([
  [undefined, "rule must be an object"],
  [[], "rule must be an object"],
  [{}, "fault must be an object"],
  [{ fault: {} }, "exactly one of status, throttle, delayMs, drop, truncateAfterBytes, contentType, hide, outOfBand"],
  [
    { fault: { status: 429, drop: "beforeCommit" } },
    "exactly one of status, throttle, delayMs, drop, truncateAfterBytes, contentType, hide, outOfBand",
  ],
  [{ fault: { status: "429" } }, "fault.status must be a whole number"],
  [{ fault: { status: 199 } }, "fault.status must be a whole number from 200 to 599"],
  [{ fault: { status: 429, headers: { "Retry-After": 1 } } }, "fault.headers: 'Retry-After'"],
  [{ fault: { status: 429, headers: { "a b": "1" } } }, "fault.headers: 'a b'"],
  [{ fault: { status: 429, headers: { a: "1\r\nb: 2" } } }, "fault.headers: 'a'"],
  [{ fault: { status: 429, commit: "yes" } }, "fault.commit must be true or false"],
  [{ fault: { delayMs: -1 } }, "fault.delayMs must be a whole number from 0"],
  [{ fault: { delayMs: 1, commit: true } }, "fault.commit needs fault.status"],
  [{ fault: { drop: "now" } }, "fault.drop must be beforeCommit or afterCommit"],
  [{ fault: { delayMs: { from: 2, to: 1 } } }, "fault.delayMs.to must be a whole number from 2"],
  [{ fault: { throttle: "absent" } }, "fault.throttle must be an object"],
  [
    { fault: { throttle: { form: "soon" } } },
    "fault.throttle.form must be one of integer, decimal, httpDate, message, absent",
  ],
  [{ fault: { throttle: { form: "absent", status: 500 } } }, "fault.throttle.status must be 429 or 503"],
  [
    { fault: { throttle: { form: "decimal", retryAfterSeconds: -1 } } },
    "fault.throttle.retryAfterSeconds must be a number",
  ],
  [{ fault: { truncateAfterBytes: "1" } }, "fault.truncateAfterBytes must be a whole number from 0"],
  [{ fault: { truncateAfterBytes: 1, text: "x" } }, "fault.text needs fault.contentType"],
  [{ fault: { contentType: "a\r\nb" } }, "fault.contentType must be a media type"],
  [{ fault: { hide: {} } }, "fault.hide must have either reads or seconds"],
  [{ fault: { hide: { reads: 1, seconds: 1 } } }, "fault.hide must have either reads or seconds"],
  [{ fault: { hide: { reads: 0 } } }, "fault.hide.reads must be a whole number from 1"],
  [{ fault: { outOfBand: {} } }, 'fault.outOfBand must have either "delete": true or "set"'],
  [{ fault: { outOfBand: { delete: true, set: {} } } }, 'fault.outOfBand must have either "delete": true or "set"'],
  [{ fault: { outOfBand: { set: { id: "x" } } } }, "fault.outOfBand.set.id cannot be set"],
  [{ fault: { outOfBand: { set: { status: "Compliant" } } } }, "fault.outOfBand.set.status must be one of unknown,"],
  [{ fault: { status: 429 }, probability: 0 }, "probability must be a number from above 0 to 1"],
  [{ fault: { status: 429 }, probability: "1" }, "probability must be a number from above 0 to 1"],
  [{ fault: { status: 429 }, match: { path: "*".repeat(1001) } }, "match.path must be a string of at most 1000"],
  [{ fault: { status: 429 }, times: 0 }, "times must be a whole number from 1"],
  [{ fault: { status: 429 }, skip: 1.5 }, "skip must be a whole number"],
  [{ fault: { status: 429 }, match: { url: "x" } }, "match has no property 'url'"],
  [{ fault: { status: 429 }, match: { method: 1 } }, "match.method must be a string"],
  [{ fault: { status: 429 }, count: 1 }, "rule has no property 'count'"],
])("%j is no rule: %s", (value, text) => {
  expect(() => readFaultRule(value)).toThrow(text);
});
