import { Clock, parseDateTimeMs, parseDurationMs } from "../../../emulator/src/world/clock";

test.each([
  ["PT0S", 0],
  ["PT36H", 129_600_000],
  ["P1W", 604_800_000],
  ["P2DT3H4M5.678S", 183_845_678],
  ["PT0.001S", 1],
])("duration %s is %i ms", (duration, ms) => {
  expect(parseDurationMs(duration)).toBe(ms);
});

test.each(["", "P", "PT", "P1DT", "1H", "PT1.5H", "P1Y", "P1M", "-PT1H", "PT1H ", "pt1h", 36, null, "PT9999999999S"])(
  "%j is no duration",
  (duration) => {
    expect(() => parseDurationMs(duration)).toThrow("advance must be an ISO 8601 duration");
  },
);

test.each([
  ["1970-01-01T00:00:00Z", 0],
  ["2026-01-02T03:04:05.678+01:00", Date.parse("2026-01-02T02:04:05.678Z")],
  ["1969-12-31T23:59:59.9999Z", 0],
  ["2000-01-01T00:00:00.0000001Z", Date.parse("2000-01-01T00:00:00.001Z")],
  ["9999-12-31T23:59:59.9999999Z", Date.parse("9999-12-31T23:59:59.999Z") + 1],
])("%s is %i ms since 1970, never before the instant", (dateTime, ms) => {
  expect(parseDateTimeMs("clock", dateTime)).toBe(ms);
});

test.each(["now", "2026-02-30T00:00:00Z", "2026-01-01", 5])("%j is no date", (dateTime) => {
  expect(() => parseDateTimeMs("clock", dateTime)).toThrow(/^clock must be a date, .* got /);
});

test("a clock that was moved runs on from there, and not beyond the last day there is", () => {
  const clock = new Clock();
  clock.move(86_400_000);
  expect(clock.aheadMs).toBe(86_400_000);
  expect(Math.abs(clock.nowMs() - Date.now() - 86_400_000)).toBeLessThan(1_000);
  expect(() => {
    clock.move(8_000 * 366 * 86_400_000);
  }).toThrow("the clock cannot go beyond 9999-12-31");
  expect(clock.aheadMs).toBe(86_400_000);
});
