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
  [{ fault: { status: 429 }, times: 0 }, "times must be a whole number from 1"],
  [{ fault: { status: 429 }, skip: 1.5 }, "skip must be a whole number"],
  [{ fault: { status: 429 }, match: { url: "x" } }, "match has no property 'url'"],
  [{ fault: { status: 429 }, match: { method: 1 } }, "match.method must be a string"],
  [{ fault: { status: 429 }, count: 1 }, "rule has no property 'count'"],
])("%j is no rule: %s", (value, text) => {
  expect(() => readFaultRule(value)).toThrow(text);
});
