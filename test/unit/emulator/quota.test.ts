import { Quota } from "../../../emulator/src/world/quota";

const takes = (quota: Quota, count: number, isWrite: boolean, nowMs: number, app = "app"): (number | undefined)[] =>
  Array.from({ length: count }, () => quota.take(app, isWrite, nowMs));

test("100 writes in 20 s, of each application; the window slides", () => {
  const quota = new Quota(1);
  expect(takes(quota, 60, true, 1_000)).not.toContainEqual(expect.any(Number));
  expect(takes(quota, 40, true, 5_000)).not.toContainEqual(expect.any(Number));
  expect(quota.take("app", true, 5_000)).toBe(16_000);
  expect(quota.take("other", true, 5_000)).toBeUndefined();
  expect(quota.take("app", true, 20_999)).toBe(1);
  expect(takes(quota, 60, true, 21_000)).not.toContainEqual(expect.any(Number));
  expect(quota.take("app", true, 21_000)).toBe(4_000);
});

test("1000 requests of any kind; what is refused does not count", () => {
  const quota = new Quota(0.1);
  takes(quota, 10, true, 0);
  takes(quota, 990, false, 500);
  expect(takes(quota, 3, false, 500)).toEqual([1_500, 1_500, 1_500]);
  expect(quota.take("app", true, 500)).toBe(1_500);
  expect(takes(quota, 10, false, 2_000)).not.toContainEqual(expect.any(Number));
  expect(quota.take("app", false, 2_000)).toBe(500);
});
