import { decide, type Decision, type Outcome } from "../../../provider/src/graph/retryDecision";

const answer = (status: number, retryAfterMs?: number): Outcome => ({ kind: "answer", status, retryAfterMs });
const lost: Outcome = { kind: "noAnswer", mayHaveArrived: true };
const refused: Outcome = { kind: "noAnswer", mayHaveArrived: false };
const at = (
  method: string,
  outcome: Outcome,
  rest: { attempt?: number; remainingMs?: number; random?: number } = {},
): Decision => decide({ method, outcome, attempt: 1, remainingMs: 60_000, random: 0.5, ...rest });

test.each([200, 201, 204, 400, 401, 403, 404, 409, 412, 501])("%d is final for every method", (status) => {
  for (const method of ["GET", "POST", "PATCH", "DELETE"]) {
    expect(at(method, answer(status, 1000))).toEqual({ kind: "final", verify: false });
  }
});

test.each<[string, Outcome, boolean]>([
  ["POST", answer(429, 700), false],
  ["POST", answer(424, 700), false],
  ["POST", answer(503, 700), true],
  ["POST", answer(504, 700), true],
  ["POST", answer(500, 700), true],
  ["PATCH", answer(503, 700), false],
  ["DELETE", answer(504, 700), false],
  ["GET", answer(500, 700), false],
])("%s after %p waits exactly as asked; looked for first: %p", (method, outcome, verify) => {
  expect(at(method, outcome)).toEqual({ kind: "resend", waitMs: 700, verify });
});

test("a POST that never left is sent again, one whose answer was lost is looked for", () => {
  expect(at("POST", refused)).toMatchObject({ kind: "resend", verify: false });
  expect(at("POST", lost)).toMatchObject({ kind: "resend", verify: true });
  expect(at("PATCH", lost)).toMatchObject({ kind: "resend", verify: false });
});

test("without an invitation four attempts are enough, and the last POST is looked for too", () => {
  expect(at("POST", lost, { attempt: 3 }).kind).toBe("resend");
  expect(at("POST", lost, { attempt: 4 })).toEqual({ kind: "final", verify: true });
  expect(at("GET", answer(502), { attempt: 4 })).toEqual({ kind: "final", verify: false });
});

test("a throttled operation goes on as long as it has time", () => {
  expect(at("POST", answer(429, 1000), { attempt: 400 })).toMatchObject({ kind: "resend", waitMs: 1000 });
});

test("a wait that does not fit is never cut short", () => {
  expect(at("GET", answer(429, 61_000))).toEqual({ kind: "final", verify: false, tooLongWaitMs: 61_000 });
  expect(at("POST", answer(503, 61_000))).toEqual({ kind: "final", verify: true, tooLongWaitMs: 61_000 });
});

test("without a Retry-After the wait doubles up to 30 s, with full jitter", () => {
  const waits = (random: number) =>
    [1, 2, 3, 6, 60].map((attempt) => {
      const decision = at("GET", answer(429), { attempt, random, remainingMs: 1e9 });
      return decision.kind === "resend" ? decision.waitMs : undefined;
    });
  expect(waits(0.5)).toEqual([250, 500, 1000, 8000, 15_000]);
  expect(waits(0)).toEqual([0, 0, 0, 0, 0]);
});
