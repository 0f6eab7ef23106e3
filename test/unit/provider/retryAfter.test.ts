import { parseRetryAfter } from "../../../provider/src/graph/retryAfter";

const NOW = Date.parse("2026-01-02T03:04:05Z");

test.each<[string | undefined, number | undefined]>([
  ["10", 10_000],
  ["0", 0],
  ["0.5", 500],
  ["2.128", 2128],
  [".249", 249],
  [" 3 ", 3000],
  ["-5", 0],
  ["Fri, 02 Jan 2026 03:04:15 GMT", 10_000],
  ["Fri, 02 Jan 2026 03:04:00 GMT", 0],
  [undefined, undefined],
  ["", undefined],
  ["soon", undefined],
  ["1e3", undefined],
  ["2026-01-02", undefined],
  ["NaN", undefined],
])("%p asks for %p ms", (text, ms) => {
  expect(parseRetryAfter(text, NOW)).toBe(ms);
});
