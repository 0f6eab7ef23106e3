import { request } from "undici";
import { startEmulator } from "intune-emulator";
import type { Emulator } from "intune-emulator";
import { at, createPolicy, GraphClient, POLICIES, statusOf } from "../unit/emulator/support/graphClient";

let emulator: Emulator;
let client: GraphClient;
let policyId: string;
let statuses: string;

beforeEach(async () => {
  emulator = await startEmulator();
  client = await GraphClient.of(emulator);
  policyId = await createPolicy(client);
  statuses = `${POLICIES}/${policyId}/deviceStatuses`;
  emulator.journal.clear();
});
afterEach(async () => {
  await client.close();
  await emulator.close();
});

const post = async (): Promise<number> => (await client.call("POST", statuses, statusOf("d"))).status;
/** The journal lists a request when it is answered, so nothing tells that one has arrived: a generous wait must do. */
const arrival = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 200));
const rows = (): number => emulator.store.deviceStatuses(policyId).length;

test("status: skipped, then struck as often as asked, with its headers and an error in Graph's shape; not carried out", async () => {
  emulator.faults.add({
    match: { method: "POST", path: "/beta/**/deviceStatuses" },
    skip: 1,
    times: 2,
    fault: { status: 429, headers: { "Retry-After": "10" } },
  });
  expect([await post(), rows()]).toEqual([201, 1]);
  const struck = await client.call("POST", statuses, statusOf("d"));
  expect([struck.status, struck.headers["retry-after"], at(struck.body, "error", "code")]).toEqual([
    429,
    "10",
    "TooManyRequests",
  ]);
  expect(at(struck.body, "error", "innerError", "request-id")).toBe(struck.headers["request-id"]);
  expect([await post(), await post(), rows()]).toEqual([429, 201, 2]);
});

test("status: with commit it is carried out first; an own body is answered as it is", async () => {
  emulator.faults.add({ match: { method: "POST" }, fault: { status: 504, commit: true, body: { mine: true } } });
  const struck = await client.call("POST", statuses, statusOf("d"));
  expect([struck.status, struck.body, rows()]).toEqual([504, { mine: true }, 1]);
});

test("delay: the answer comes late and is right", async () => {
  emulator.faults.add({ match: { method: "POST" }, fault: { delayMs: 150 } });
  const start = performance.now();
  expect(await post()).toBe(201);
  expect(performance.now() - start).toBeGreaterThanOrEqual(149);
});

test.each([
  ["beforeCommit", 0],
  ["afterCommit", 1],
] as const)("drop %s: the connection ends without an answer and %i entities are there", async (drop, expected) => {
  emulator.faults.add({ match: { method: "POST" }, fault: { drop } });
  await expect(post()).rejects.toThrow(/other side closed|ECONNRESET|terminated/);
  expect(rows()).toBe(expected);
  expect(emulator.journal.entries().map(({ status, fault }) => [status, fault])).toEqual([["dropped", `drop ${drop}`]]);
  expect(await post()).toBe(201);
});

test("clear: no fault is left", async () => {
  emulator.faults.add({ times: 9, fault: { status: 503 } });
  emulator.faults.clear();
  expect(await post()).toBe(201);
});

test("a token request can be struck when its path is named", async () => {
  emulator.faults.add({ match: { path: "/*/oauth2/**" }, fault: { status: 503, headers: { "Retry-After": "1" } } });
  const url = `${emulator.authority}/${emulator.app.tenantId}/oauth2/v2.0/token`;
  const { statusCode, headers, body } = await request(url, { method: "POST", body: "", dispatcher: client.agent });
  await body.dump();
  expect([statusCode, headers["retry-after"]]).toEqual([503, "1"]);
});

test("journal: what was asked, in order of arrival, with ids, body and fault", async () => {
  emulator.faults.add({ match: { method: "GET" }, fault: { delayMs: 600 } });
  const slow = client.call("GET", `${POLICIES}('${policyId}')/deviceStatuses?$top=5`, undefined, {
    "client-request-id": "first",
  });
  await arrival();
  const created = await client.call("POST", statuses, statusOf("d"), {
    "client-request-id": "second",
    "user-agent": "me/1",
  });
  await slow;
  const [first, second] = emulator.journal.entries();
  expect(first).toMatchObject({
    method: "GET",
    path: `${POLICIES}('${policyId}')/deviceStatuses`,
    query: "$top=5",
    requestBody: undefined,
    clientRequestId: "first",
    status: 200,
    fault: "delayMs 600",
  });
  expect(second).toMatchObject({
    index: (first?.index ?? NaN) + 1,
    method: "POST",
    path: statuses,
    query: "",
    requestBody: statusOf("d"),
    clientRequestId: "second",
    requestId: created.headers["request-id"],
    userAgent: "me/1",
    status: 201,
    fault: undefined,
  });
  expect(Date.parse(second?.receivedDateTime ?? "")).toBeGreaterThan(Date.parse(first?.receivedDateTime ?? "") - 1);
});

test("close: a request that is being delayed is answered, idle connections end, the port is free again", async () => {
  emulator.faults.add({ match: { method: "POST" }, fault: { delayMs: 60_000 } });
  const slow = post();
  await arrival();
  const start = performance.now();
  await emulator.close();
  expect(await slow).toBe(201);
  expect(performance.now() - start).toBeLessThan(2_000);
  await expect(client.call("GET", POLICIES)).rejects.toThrow(/ECONNREFUSED|other side closed/);
  const again = await startEmulator({ port: emulator.port });
  expect(again.port).toBe(emulator.port);
  await again.close();
});
