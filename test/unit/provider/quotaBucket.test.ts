import fc from "fast-check";
import { answered, type Bucket, newBucket, paused, taken, waitMs } from "../../../provider/src/graph/quotaBucket";

/** A bucket of 2 in 1000 ms after some requests, each `[sentMs, answeredMs]` or still out. */
function after(...requests: readonly (readonly [answeredMs: number] | "out")[]): Bucket {
  return requests.reduce(
    (bucket: Bucket, request) => (request === "out" ? taken(bucket) : answered(taken(bucket), request[0])),
    newBucket(2, 1000),
  );
}

test.each<[string, Bucket, nowMs: number, position: number, wait: number]>([
  ["an empty bucket lets go", after(), 5000, 0, 0],
  ["as many as the limit go at once", after(), 5000, 1, 0],
  ["one more waits a window, from the earliest answer there can be", after(), 5000, 2, 1001],
  ["two rounds further, two windows", after(), 5000, 4, 2002],
  ["a slot in use leaves the other", after([4900]), 5000, 0, 0],
  ["a full bucket waits for its oldest answer to be a window ago", after([4500], [4900]), 5000, 0, 501],
  ["the next in line waits for the second", after([4500], [4900]), 5000, 1, 901],
  ["an answer exactly a window ago still counts: clocks are whole milliseconds", after([4000], [4000]), 5000, 0, 1],
  ["after that the slot is free", after([3999], [3999]), 5000, 0, 0],
  ["what is out may be answered now at the earliest", after("out", "out"), 5000, 0, 1001],
  ["an old answer comes before what is out", after([4100], "out"), 5000, 0, 101],
  ["a pause holds a free slot back", paused(after(), 5700), 5000, 0, 700],
  ["a pause that is over holds nothing back", paused(after(), 4700), 5000, 0, 0],
  ["a later pause is not shortened by an earlier one", paused(paused(after(), 5700), 5100), 5000, 0, 700],
])("%s", (_, bucket, nowMs, position, wait) => {
  expect(waitMs(bucket, nowMs, position)).toBe(wait);
});

test("whatever comes when and takes how long, no window of the service's holds more than the limit", () => {
  const request = fc.record({
    gapMs: fc.nat(400),
    latencyMs: fc.nat(900),
    /** When on its way the service counts it. */
    countedAfter: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.array(request, { maxLength: 60 }), (limit, requests) => {
      const windowMs = 1000;
      const counted = simulate(newBucket(limit, windowMs), requests);
      expect(counted).toHaveLength(requests.length);
      for (const [index, ms] of counted.entries()) {
        const later = counted[index + limit];
        if (later !== undefined) expect(later - ms).toBeGreaterThanOrEqual(windowMs);
      }
    }),
    { numRuns: 2_000 },
  );
});

test("nothing waits longer than a window for each round before it", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1000), { maxLength: 5 }), fc.nat(5), fc.nat(40), (answersMs, out, position) => {
      const limit = 10;
      let bucket = answersMs
        .toSorted((a, b) => a - b)
        .reduce((b, ms) => answered(taken(b), ms), newBucket(limit, 1000));
      for (let index = 0; index < out; index++) bucket = taken(bucket);
      const wait = waitMs(bucket, 1000, position);
      expect(wait).toBeGreaterThanOrEqual(Math.floor(position / limit) * 1001);
      expect(wait).toBeLessThanOrEqual((Math.floor(position / limit) + 1) * 1001);
      expect(waitMs(bucket, 1000, position + 1)).toBeGreaterThanOrEqual(wait);
    }),
  );
});

/** Send each request as soon as the bucket allows; when the service counted them, ascending. */
function simulate(
  start: Bucket,
  requests: readonly { gapMs: number; latencyMs: number; countedAfter: number }[],
): number[] {
  let bucket = start;
  let nowMs = 1;
  let out: number[] = [];
  const counted: number[] = [];
  const moveTo = (ms: number): void => {
    for (const answerMs of out.filter((end) => end <= ms).sort((a, b) => a - b)) bucket = answered(bucket, answerMs);
    out = out.filter((end) => end > ms);
    nowMs = ms;
  };
  for (const { gapMs, latencyMs, countedAfter } of requests) {
    moveTo(nowMs + gapMs);
    for (let wait = waitMs(bucket, nowMs); wait > 0; wait = waitMs(bucket, nowMs)) moveTo(nowMs + wait);
    bucket = taken(bucket);
    counted.push(nowMs + latencyMs * countedAfter);
    out.push(nowMs + latencyMs);
  }
  return counted.sort((a, b) => a - b);
}
