import { Journal } from "../../../emulator/src/world/journal";
import type { KeptBytes } from "../../../emulator/src/world/bodyPages";
import type { JournalRecord } from "../../../emulator/src/world/journalEntry";

function recordOf(changes: Partial<JournalRecord> = {}): JournalRecord {
  return {
    index: 0,
    receivedMs: Date.parse("2026-01-02T03:04:05.678Z"),
    method: "GET",
    path: "/beta/deviceManagement/deviceCompliancePolicies",
    query: "",
    body: undefined,
    clientRequestId: undefined,
    requestId: "r",
    userAgent: undefined,
    origin: "http://127.0.0.1:1",
    status: 200,
    responseContentType: "application/json",
    durationMs: 1.23456,
    fault: undefined,
    ...changes,
  };
}

const indexes = (journal: Journal, page?: { after?: number; limit?: number }): number[] =>
  journal.entries(page).map(({ index }) => index);

test("entries come in order of arrival, after an index and up to a limit", () => {
  const journal = new Journal();
  for (const index of [2, 0, 3, 1]) journal.record(recordOf({ index }));
  expect(indexes(journal)).toEqual([0, 1, 2, 3]);
  expect(indexes(journal, { after: 0 })).toEqual([1, 2, 3]);
  expect(indexes(journal, { after: 0, limit: 2 })).toEqual([1, 2]);
  expect(indexes(journal, { after: 3 })).toEqual([]);
});

test("a body is parsed when it is read; what is no JSON is undefined", () => {
  const journal = new Journal();
  journal.record(recordOf({ index: 0, body: journal.keepBody(Buffer.from(`{"a":["ö"]}`)) }));
  journal.record(recordOf({ index: 1, body: journal.keepBody(Buffer.from("{")) }));
  const [first, second] = journal.entries();
  expect(first?.requestBody).toEqual({ a: ["ö"] });
  expect(second?.requestBody).toBeUndefined();
  expect([first?.receivedDateTime, first?.durationMs]).toEqual(["2026-01-02T03:04:05.678Z", 1.235]);
});

test("JSON nested deeper than a hundred levels is kept out, since it could not be written again", () => {
  const journal = new Journal();
  const nested = (depth: number): KeptBytes => journal.keepBody(Buffer.from("[".repeat(depth) + "]".repeat(depth)));
  journal.record(recordOf({ index: 0, body: nested(100) }));
  journal.record(recordOf({ index: 1, body: nested(101) }));
  journal.record(recordOf({ index: 2, body: nested(1_000_000) }));
  expect(journal.entries().map(({ requestBody }) => requestBody === undefined)).toEqual([false, true, true]);
});

test("values of parameters that carry a token or a secret are left out", () => {
  const journal = new Journal();
  journal.record(recordOf({ query: "$top=5&access_token=abc&Client_Secret=x&$filter=password eq 'y'" }));
  expect(journal.entries()[0]?.query).toBe("$top=5&access_token=&Client_Secret=&$filter=password eq 'y'");
});

test("it forgets its oldest entries by number and by size, never the newest", () => {
  const many = new Journal();
  for (let index = 0; index <= 50_000; index++) many.record(recordOf({ index }));
  expect([many.entries().length, many.entries()[0]?.index]).toEqual([45_000, 5_001]);
  const large = new Journal();
  const body = Buffer.alloc(4 * 1024 * 1024, "x");
  for (let index = 0; index < 40; index++) large.record(recordOf({ index, body: large.keepBody(body) }));
  const kept = indexes(large);
  expect(kept.length).toBeGreaterThanOrEqual(13);
  expect(kept.length * body.length).toBeLessThanOrEqual(64 * 1024 * 1024);
  expect(kept.at(-1)).toBe(39);
});

test("bodies of all sizes are kept whole beside each other, whatever becomes of the buffers they came in", () => {
  const journal = new Journal();
  const sizes = [
    1,
    300,
    0,
    70_000,
    65_536,
    65_537,
    400_000,
    2,
    ...Array.from({ length: 600 }, (_, index) => 300 + index),
  ];
  for (const [index, size] of sizes.entries()) {
    const socketBuffer = Buffer.from(JSON.stringify({ index, text: "ä".repeat(size) }));
    journal.record(recordOf({ index, body: journal.keepBody(socketBuffer) }));
    socketBuffer.fill(0);
  }
  const bodies = journal.entries().map(({ requestBody }) => requestBody);
  expect(bodies).toEqual(sizes.map((size, index) => ({ index, text: "ä".repeat(size) })));
});
