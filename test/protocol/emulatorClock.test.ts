import { DEFAULT_APP, startEmulator } from "intune-emulator";
import type { Emulator } from "intune-emulator";
import { at, createPolicy, GraphClient, POLICIES, statusOf } from "../unit/emulator/support/graphClient";

const START = "2026-03-01T00:00:00Z";
let emulator: Emulator;
let client: GraphClient;
let policyId: string;

beforeEach(async () => {
  emulator = await startEmulator({ clock: START, quota: true });
  client = await GraphClient.of(emulator);
  policyId = await createPolicy(client);
});
afterEach(async () => {
  await client.close();
  await emulator.close();
});

const statusById = (id: string): string | undefined =>
  emulator.store.deviceStatuses(policyId).find((row) => row.id === id)?.status;

async function put(complianceGracePeriodExpirationDateTime: string, status = "compliant"): Promise<string> {
  const body = { ...statusOf("d"), complianceGracePeriodExpirationDateTime, status };
  const created = await client.call("POST", `${POLICIES}/${policyId}/deviceStatuses`, body);
  return at(created.body, "id") as string;
}

test("the clock begins where it is told to, and its times are in what the emulator writes", async () => {
  const { dateTime, aheadMs } = emulator.clock.now();
  expect(Date.parse(dateTime) - Date.parse(START)).toBeLessThan(60_000);
  expect(Math.abs(aheadMs - (Date.parse(dateTime) - Date.now()))).toBeLessThan(60_000);
  expect(emulator.journal.entries()[0]?.receivedDateTime.slice(0, 10)).toBe("2026-03-01");
  const policy = await client.call("GET", `${POLICIES}/${policyId}`);
  expect(at(policy.body, "createdDateTime")).toMatch(/^2026-03-01T/);
});

test("advancing over the end of a grace period turns what is compliant nonCompliant, and nothing else", async () => {
  const within = await put("2026-03-02T12:00:00Z");
  const atTheEnd = await put("2026-03-03T01:00:00+01:00");
  const later = await put("2026-03-03T00:00:01Z");
  const over = await put("2026-02-01T00:00:00Z");
  const never = await put("9999-12-31T23:59:59.9999999Z");
  const error = await put("2026-03-02T12:00:00Z", "error");
  const before = emulator.store.deviceStatuses(policyId);
  const { nonCompliant, dateTime } = await emulator.clock.set("2026-03-03T00:00:00Z");
  expect([nonCompliant, dateTime.slice(0, 18)]).toEqual([2, "2026-03-03T00:00:0"]);
  expect([within, atTheEnd, later, over, never, error].map(statusById)).toEqual([
    "nonCompliant",
    "nonCompliant",
    "compliant",
    "compliant",
    "compliant",
    "error",
  ]);
  const changed = emulator.store.deviceStatuses(policyId).map((row) => ({ ...row, status: undefined }));
  expect(changed).toEqual(before.map((row) => ({ ...row, status: undefined })));
  expect((await emulator.clock.advance(60_000)).nonCompliant).toBe(1);
  expect((await emulator.clock.advance("P365D")).nonCompliant).toBe(0);
});

test("time that passes by itself and a reset rewrite nothing", async () => {
  const soon = await put(new Date(Date.parse(emulator.clock.now().dateTime) + 50).toISOString());
  await new Promise((resolve) => setTimeout(resolve, 100));
  await emulator.clock.advance("PT10M");
  expect(statusById(soon)).toBe("compliant");
  const ended = await put(new Date(Date.parse(emulator.clock.now().dateTime) + 60_000).toISOString());
  await emulator.clock.advance("PT10M");
  const { aheadMs, dateTime } = emulator.clock.reset();
  expect([aheadMs, Math.abs(Date.parse(dateTime) - Date.now()) < 60_000]).toEqual([0, true]);
  expect(statusById(ended)).toBe("nonCompliant");
});

test("tokens expire with the clock", async () => {
  expect((await client.call("GET", POLICIES)).status).toBe(200);
  await emulator.clock.advance("PT59M58S");
  expect((await client.call("GET", POLICIES)).status).toBe(200);
  await emulator.clock.advance("PT2S");
  const refused = await client.call("GET", POLICIES);
  expect([refused.status, at(refused.body, "error", "message")]).toEqual([
    401,
    "Lifetime validation failed, the token is expired.",
  ]);
  const renewed = await GraphClient.of(emulator);
  expect((await renewed.call("GET", POLICIES)).status).toBe(200);
  await renewed.close();
});

const remove = () => client.call("DELETE", `${POLICIES}/none`);

test("the quota's window passes with the clock, and a reset forgets what was counted later than now", async () => {
  const fill = async (count: number): Promise<Set<number>> =>
    new Set((await Promise.all(Array.from({ length: count }, remove))).map(({ status }) => status));
  // One write was the policy.
  expect(await fill(99)).toEqual(new Set([404]));
  const refused = await remove();
  expect([refused.status, Number(refused.headers["retry-after"]) > 10]).toEqual([429, true]);
  await emulator.clock.advance("PT20S");
  expect(await fill(100)).toEqual(new Set([404]));
  expect((await remove()).status).toBe(429);
  emulator.clock.reset();
  // The token is from the future, which its verifier does not mind; a machine's clock may lag as well.
  const now = await GraphClient.of(emulator);
  expect((await now.call("DELETE", `${POLICIES}/none`)).status).toBe(404);
  await now.close();
});

test("all applications of a tenant share its quota", async () => {
  const apps = ["2", "3", "4"].map((last) => ({
    ...DEFAULT_APP,
    clientId: `e0000000-0000-4000-8000-00000000000${last}`,
  }));
  const shared = await startEmulator({ quota: true, apps });
  const clients = await Promise.all(apps.map((app) => GraphClient.of({ ...shared, app })));
  const [first, second, third] = clients as [GraphClient, GraphClient, GraphClient];
  const writes = async (own: GraphClient, count: number): Promise<Set<number>> =>
    new Set(
      (await Promise.all(Array.from({ length: count }, () => own.call("DELETE", `${POLICIES}/none`)))).map(
        ({ status }) => status,
      ),
    );
  expect([await writes(first, 100), await writes(second, 100)]).toEqual([new Set([404]), new Set([404])]);
  const refused = await third.call("DELETE", `${POLICIES}/none`);
  expect(refused.status).toBe(429);
  expect(at(refused.body, "error", "message")).toContain("the quota of this tenant is used up");
  expect((await third.call("GET", POLICIES)).status).toBe(200);
  await Promise.all(clients.map((own) => own.close()));
  await shared.close();
});

test("the control route does the same, for every tenant", async () => {
  const other = "e0000000-0000-4000-8000-0000000000ff";
  const own = await startEmulator({ clock: START, apps: [DEFAULT_APP, { ...DEFAULT_APP, tenantId: other }] });
  const row = { complianceGracePeriodExpirationDateTime: "2026-03-02T00:00:00Z", status: "compliant" as const };
  for (const tenantId of [DEFAULT_APP.tenantId, other]) {
    await own.tenant(tenantId).seed({ deviceStatuses: [{ policyDisplayName: "P", ...row }] });
  }
  const control = await GraphClient.of(own);
  const advanced = await control.call("POST", "/_emulator/clock", { advance: "PT36H" });
  expect([advanced.status, at(advanced.body, "nonCompliant")]).toEqual([200, 2]);
  expect(at(advanced.body, "dateTime")).toMatch(/^2026-03-02T12:00:/);
  const set = await control.call("POST", "/_emulator/clock", { dateTime: "2026-04-01T00:00:00Z" });
  expect([set.status, at(set.body, "nonCompliant")]).toEqual([200, 0]);
  const shown = await control.call("GET", "/_emulator/clock");
  expect(Object.keys(shown.body as object)).toEqual(["dateTime", "aheadMs"]);
  expect(at(shown.body, "dateTime")).toMatch(/^2026-04-01T00:00:/);
  const reset = await control.call("DELETE", "/_emulator/clock");
  expect([reset.status, at(reset.body, "aheadMs")]).toEqual([200, 0]);
  await control.close();
  await own.close();
});

test.each<[unknown, string]>([
  [{}, 'The body must be {"advance": "PT36H"}'],
  [{ advance: "PT1H", dateTime: "2027-01-01T00:00:00Z" }, 'The body must be {"advance": "PT36H"}'],
  [{ advance: 5 }, 'The body must be {"advance": "PT36H"}'],
  [{ advance: "an hour" }, "advance must be an ISO 8601 duration"],
  [{ advance: "P999999999D" }, "the clock cannot go beyond 9999-12-31"],
  [{ dateTime: "2026-02-28T00:00:00Z" }, "dateTime must be later than the emulator's time, 2026-03-01T"],
  [{ dateTime: "tomorrow" }, "dateTime must be a date"],
  [{ by: 1 }, "The body has no property 'by'; it has advance, dateTime"],
])("%j is refused: %s", async (body, text) => {
  const refused = await client.call("POST", "/_emulator/clock", body);
  expect([refused.status, at(refused.body, "error", "code")]).toEqual([400, "BadRequest"]);
  expect(at(refused.body, "error", "message")).toContain(text);
  expect(emulator.clock.now().dateTime.slice(0, 10)).toBe("2026-03-01");
});

test("a start time that cannot be is refused", async () => {
  await expect(startEmulator({ clock: "yesterday" })).rejects.toThrow("clock: the start must be a date");
  await expect(emulator.clock.advance(-1)).rejects.toThrow("advance must be a whole number of milliseconds from 0");
});
