import { startEmulator } from "intune-emulator";
import type { Emulator } from "intune-emulator";
import { GraphClient, POLICIES, at, createPolicy, statusOf } from "../unit/emulator/support/graphClient";
import type { JsonMap } from "../unit/emulator/support/graphClient";

let emulator: Emulator;
let client: GraphClient;

beforeEach(async () => {
  emulator = await startEmulator();
  client = await GraphClient.of(emulator);
});
afterEach(async () => {
  await client.close();
  await emulator.close();
});

const read = async (path: string) =>
  (await client.call("GET", `/_emulator/${path}`, undefined, { authorization: "" })).body;
const pathsSince = (body: Awaited<ReturnType<typeof read>>) =>
  (at(body, "value") as JsonMap[]).map((entry) => entry["path"]);

test("/_emulator leads to the page, which may run nothing but its own script and reach nothing but the emulator", async () => {
  const response = await fetch(`${emulator.graphEndpoint}/_emulator`);
  expect([response.status, new URL(response.url).pathname]).toEqual([200, "/_emulator/"]);
  expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
  const policy = response.headers.get("content-security-policy") ?? "";
  expect(policy).toMatch(
    /^default-src 'none'; script-src 'sha256-[^' ]{44}'; style-src 'sha256-[^' ]{44}'; connect-src 'self';/,
  );
  const html = await response.text();
  expect(html).not.toMatch(/\b(?:src|href|action)="(?!data:,|#)/);
});

test("/_emulator/info says what runs here", async () => {
  await client.call("GET", POLICIES);
  expect(await read("info")).toEqual({
    version: expect.stringMatching(/^\d+\.\d+\.\d+/) as unknown,
    profile: "documented",
    graphEndpoint: emulator.graphEndpoint,
    authority: emulator.authority,
    tenants: [{ tenantId: emulator.app.tenantId, clientIds: [emulator.app.clientId] }],
    clock: { dateTime: expect.stringMatching(/Z$/) as unknown, aheadMs: 0 },
    quota: false,
    requests: { lastIndex: 1 },
  });
});

test("matrix and rows are right at 100 000 rows, page by page", async () => {
  const [full, empty] = [await createPolicy(client), await createPolicy(client)];
  const kinds = ["compliant", "nonCompliant", "error"] as const;
  const deviceStatuses = Array.from({ length: 100_000 }, (_, index) => ({
    ...statusOf(`PC-${index}`),
    status: kinds[index % 3],
    deviceCompliancePolicyId: full,
  }));
  expect((await client.call("POST", "/_emulator/seed", { deviceStatuses })).status).toBe(201);
  const matrix = at(await read("matrix"), "value") as JsonMap[];
  expect(matrix.map(({ id, counts }) => [id, counts])).toEqual([
    [full, { compliant: 33_334, nonCompliant: 33_333, error: 33_333 }],
    [empty, {}],
  ]);
  const last = await read("deviceStatuses?status=error&top=2&skip=33331");
  expect(at(last, "count")).toBe(33_333);
  expect((at(last, "value") as JsonMap[]).map((row) => row["deviceDisplayName"])).toEqual(["PC-99995", "PC-99998"]);
  expect(at(await read(`deviceStatuses?deviceCompliancePolicyId=${full}&search=pc-9999`), "count")).toBe(11);
  expect(at(await read(`deviceStatuses?deviceCompliancePolicyId=${empty}`), "count")).toBe(0);
  expect(at(await read("deviceStatuses"), "value", 49, "policyDisplayName")).toBe("Fixture policy");
  expect(at(await read("deviceStatuses"), "value", 50)).toBeUndefined();
});

test.each([
  ["deviceStatuses?top=0", 400, "top must be a whole number from 1 to 1000"],
  ["deviceStatuses?deviceCompliancePolicyId=x", 400, "deviceCompliancePolicyId: there is no policy 'x'"],
  ["matrix?tenantId=x", 404, "There is no tenant 'x'"],
  ["requests?waitMs=60000", 400, "waitMs must be a whole number from 0 to 30000"],
])("%s is refused", async (path, status, text) => {
  const answer = await client.call("GET", `/_emulator/${path}`);
  expect(answer.status).toBe(status);
  expect(at(answer.body, "error", "message")).toContain(text);
});

describe("/_emulator/requests with waitMs", () => {
  test("waits for a request beyond the index", async () => {
    const waiting = read("requests?after=0&waitMs=20000");
    await client.call("GET", POLICIES);
    expect(pathsSince(await waiting)).toEqual([POLICIES]);
  });

  test("does not wait for what is there, and ends with nothing when the time is over", async () => {
    expect(pathsSince(await read("requests?after=-1&waitMs=20000"))).toHaveLength(1);
    const startMs = Date.now();
    expect(await read("requests?after=0&waitMs=200")).toEqual({ value: [] });
    expect(Date.now() - startMs).toBeGreaterThanOrEqual(190);
  });

  test("waits after the journal was emptied", async () => {
    emulator.journal.clear();
    const waiting = read("requests?after=-1&waitMs=20000");
    await client.call("GET", POLICIES);
    expect(pathsSince(await waiting)).toEqual([POLICIES]);
  });

  test("is ended by close()", async () => {
    const waiting = read("requests?after=5&waitMs=30000");
    await new Promise((resolve) => setTimeout(resolve, 100));
    const startMs = Date.now();
    await emulator.close();
    expect(await waiting).toEqual({ value: [] });
    expect(Date.now() - startMs).toBeLessThan(3_000);
  });
});
