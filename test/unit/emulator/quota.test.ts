import { Quota } from "../../../emulator/src/world/quota";

/** What `count` requests at one time are told: undefined, or `scope waitMs`. */
function takes(
  quota: Quota,
  count: number,
  isWrite: boolean,
  nowMs: number,
  app = "app",
  tenant = "tenant",
): unknown[] {
  return Array.from({ length: count }, () => {
    const over = quota.take(tenant, app, isWrite, nowMs);
    return over === undefined ? undefined : `${over.scope} ${over.waitMs}`;
  });
}
const passes = (count: number): undefined[] => Array<undefined>(count).fill(undefined);

test("100 writes in 20 s, of each application; the window slides", () => {
  const quota = new Quota(1);
  expect(takes(quota, 60, true, 1_000)).toEqual(passes(60));
  expect(takes(quota, 41, true, 5_000)).toEqual([...passes(40), "application 16000"]);
  expect(takes(quota, 1, true, 5_000, "other")).toEqual(passes(1));
  expect(takes(quota, 1, true, 20_999)).toEqual(["application 1"]);
  expect(takes(quota, 61, true, 21_000)).toEqual([...passes(60), "application 4000"]);
});

test("1000 requests of any kind; what is refused does not count", () => {
  const quota = new Quota(0.1);
  takes(quota, 10, true, 0);
  takes(quota, 990, false, 500);
  expect(takes(quota, 3, false, 500)).toEqual(Array(3).fill("application 1500"));
  expect(takes(quota, 1, true, 500)).toEqual(["application 1500"]);
  expect(takes(quota, 11, false, 2_000)).toEqual([...passes(10), "application 500"]);
});

test("200 writes in 20 s of all applications of a tenant; the same application in another tenant has its own", () => {
  const quota = new Quota(1);
  takes(quota, 100, true, 0, "a");
  takes(quota, 100, true, 2_000, "b");
  expect(takes(quota, 1, true, 3_000, "c")).toEqual(["tenant 17000"]);
  expect(takes(quota, 1, false, 3_000, "c")).toEqual(passes(1));
  expect(takes(quota, 1, true, 3_000, "a", "other tenant")).toEqual(passes(1));
  // Its own window is the longer wait here.
  expect(takes(quota, 1, true, 3_000, "b")).toEqual(["application 19000"]);
  expect(takes(quota, 1, true, 20_000, "c")).toEqual(passes(1));
});

test("2000 requests in 20 s of all applications of a tenant", () => {
  const quota = new Quota(1);
  takes(quota, 1000, false, 0, "a");
  expect(takes(quota, 1000, false, 0, "b")).toEqual(passes(1000));
  expect(takes(quota, 1, false, 10, "c")).toEqual(["tenant 19990"]);
});
