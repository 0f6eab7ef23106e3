import { countMatches, readAssertion } from "../../../emulator/src/journal/requestAssertion";
import type { JournalEntry } from "intune-emulator";

const POST: JournalEntry = {
  index: 4,
  receivedDateTime: "2026-01-02T03:04:05.678Z",
  method: "POST",
  path: "/beta/deviceManagement/deviceCompliancePolicies/p/deviceStatuses",
  query: "",
  requestBody: { status: "error", nested: { a: 1, b: [1, 2] } },
  clientRequestId: "c",
  requestId: "r",
  userAgent: undefined,
  status: 201,
  durationMs: 1,
  fault: "delayMs 5",
};
const LIST: JournalEntry = {
  ...POST,
  index: 5,
  method: "GET",
  query: "$top=5",
  requestBody: undefined,
  status: "dropped",
};
const entries = [POST, LIST];

test.each<[object, number]>([
  [{}, 2],
  [{ method: "post" }, 1],
  [{ path: "/beta/**/deviceStatuses" }, 2],
  [{ path: "/beta/*" }, 0],
  [{ status: 201 }, 1],
  [{ status: "dropped" }, 1],
  [{ clientRequestId: "d" }, 0],
  [{ body: { status: "error" } }, 1],
  [{ body: { nested: { a: 1 } } }, 1],
  [{ body: { nested: { b: [1, 2] } } }, 1],
  [{ body: { nested: { b: [1] } } }, 0],
  [{ body: { nested: { c: 1 } } }, 0],
  [{ method: "GET", status: 201 }, 0],
])("%j matches %i", (match, count) => {
  expect(countMatches(entries, readAssertion({ match, times: count }))).toEqual({ matched: count, failure: undefined });
});

test.each<[unknown, string | undefined]>([
  [undefined, undefined],
  [1, "expected exactly 1 request with {}, saw 2"],
  [0, "expected exactly 0 requests with {}, saw 2"],
  [{ min: 3 }, "expected at least 3 requests with {}, saw 2"],
  [{ max: 1 }, "expected at most 1 request with {}, saw 2"],
  [{ min: 3, max: 4 }, "expected 3 to 4 requests with {}, saw 2"],
  [{ min: 1, max: 2 }, undefined],
])("times %j: %s", (times, text) => {
  const { failure } = countMatches(entries, readAssertion({ match: {}, ...(times === undefined ? {} : { times }) }));
  expect(failure?.split(";")[0]).toBe(text);
});

test("a failure says what was seen", () => {
  const { failure } = countMatches(entries, readAssertion({ match: { method: "DELETE" } }));
  expect(failure).toBe(
    'expected at least 1 request with {"method":"DELETE"}, saw 0; the journal holds: ' +
      `#4 POST ${POST.path} 201 (fault: delayMs 5); #5 GET ${POST.path}?$top=5 dropped (fault: delayMs 5)`,
  );
  expect(countMatches([], readAssertion({ match: {} })).failure).toContain("the journal holds: no request");
});

test.each<[unknown, string]>([
  [undefined, "The assertion must be an object"],
  [{}, "match must be an object"],
  [{ match: {}, count: 1 }, "The assertion has no property 'count'; it has match, times"],
  [{ match: { url: "x" } }, "match has no property 'url'; it has method, path, status, body, clientRequestId"],
  [{ match: { path: 1 } }, "match.path must be a string"],
  [{ match: { status: "ok" } }, "match.status must be a whole number from 100 to 599"],
  [{ match: {}, times: -1 }, "times must be a whole number from 0"],
  [{ match: {}, times: { min: 2, max: 1 } }, "times.max must be a whole number from 2"],
])("%j is no assertion: %s", (value, text) => {
  expect(() => readAssertion(value)).toThrow(text);
});
