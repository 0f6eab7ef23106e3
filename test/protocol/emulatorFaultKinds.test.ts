import { request } from "undici";
import { startEmulator } from "intune-emulator";
import type { Emulator, FaultRule } from "intune-emulator";
import { at, createPolicy, GraphClient, POLICIES, statusOf } from "../unit/emulator/support/graphClient";
import type { GraphResponse, Json } from "../unit/emulator/support/graphClient";

let emulator: Emulator;
let client: GraphClient;
let policyId: string;
let statuses: string;

beforeEach(async () => {
  emulator = await startEmulator({ clock: "2030-01-01T00:00:00Z" });
  client = await GraphClient.of(emulator);
  policyId = await createPolicy(client);
  statuses = `${POLICIES}/${policyId}/deviceStatuses`;
});
afterEach(async () => {
  await client.close();
  await emulator.close();
});

const create = (name = "d"): Promise<GraphResponse> => client.call("POST", statuses, statusOf(name));
const idOf = ({ body }: GraphResponse): string => at(body, "id") as string;
const rows = () => emulator.store.deviceStatuses(policyId);
const rule = (method: string, fault: FaultRule["fault"]): FaultRule => ({ match: { method }, fault });

/** `RetryAfter` of the JSON document inside an error's message. */
const inMessage = (answer: GraphResponse): unknown =>
  (JSON.parse(at(answer.body, "error", "message") as string) as Record<string, unknown>)["RetryAfter"];

test.each([
  ["integer", 2.128, "3", null],
  ["decimal", 2.128, "2.128", null],
  ["message", 2.128, undefined, 2.128],
  ["absent", 2.128, undefined, null],
] as const)("throttle %s: 429 and not carried out", async (form, retryAfterSeconds, header, message) => {
  emulator.faults.add(rule("POST", { throttle: { form, retryAfterSeconds } }));
  const struck = await create();
  expect([struck.status, at(struck.body, "error", "code")]).toEqual([429, "TooManyRequests"]);
  expect([struck.headers["retry-after"], inMessage(struck)]).toEqual([header, message]);
  expect([(await create()).status, rows().length]).toEqual([201, 1]);
});

test("throttle httpDate: a date by the emulator's clock, as 503 when asked for", async () => {
  await emulator.clock.set("2031-05-06T00:00:00Z");
  emulator.faults.add(rule("POST", { throttle: { form: "httpDate", retryAfterSeconds: 120, status: 503 } }));
  const struck = await create();
  expect([struck.status, at(struck.body, "error", "code")]).toEqual([503, "ServiceUnavailable"]);
  const date = struck.headers["retry-after"] as string;
  expect(date).toMatch(/^Tue, 06 May 2031 00:02:\d\d GMT$/);
  const waitMs = Date.parse(date) - Date.parse(emulator.clock.now().dateTime);
  expect(waitMs).toBeGreaterThan(100_000);
  expect(waitMs).toBeLessThanOrEqual(121_000);
});

test("delay range: the answer is right, and the journal tells the delay that was drawn", async () => {
  emulator.faults.add(rule("POST", { delayMs: { from: 20, to: 60 } }));
  expect((await create()).status).toBe(201);
  const entry = emulator.journal.entries().at(-1);
  const delayMs = Number(/^delayMs (\d+)$/.exec(entry?.fault ?? "")?.[1]);
  expect(delayMs).toBeGreaterThanOrEqual(20);
  expect(delayMs).toBeLessThanOrEqual(60);
  expect(entry?.durationMs).toBeGreaterThanOrEqual(delayMs - 1);
});

test("truncate: the head promises more than comes, and the connection ends; it was carried out", async () => {
  emulator.faults.add(rule("POST", { truncateAfterBytes: 30 }));
  const response = await request(emulator.graphEndpoint + statuses, {
    method: "POST",
    dispatcher: client.agent,
    headers: { authorization: `Bearer ${client.token}`, "content-type": "application/json" },
    body: JSON.stringify(statusOf("d")),
  });
  expect(response.statusCode).toBe(201);
  expect(Number(response.headers["content-length"])).toBeGreaterThan(100);
  let received = "";
  await expect(
    (async () => {
      for await (const chunk of response.body) received += String(chunk);
    })(),
  ).rejects.toThrow(/other side closed|terminated|aborted/);
  expect(received).toBe('{"@odata.type":"#microsoft.gra');
  expect(rows()).toHaveLength(1);
});

test("truncate with keepConnection: a whole answer that is no JSON", async () => {
  emulator.faults.add(rule("POST", { truncateAfterBytes: 30, keepConnection: true }));
  await expect(create()).rejects.toThrow(SyntaxError);
  expect(rows()).toHaveLength(1);
});

test("contentType: another media type over the answer, or over a text of its own", async () => {
  emulator.faults.add(rule("GET", { contentType: "text/html" }));
  const first = await client.call("GET", statuses);
  expect([first.status, first.headers["content-type"], at(first.body, "value")]).toEqual([200, "text/html", []]);
  emulator.faults.add(rule("GET", { contentType: "text/html", text: "<p>sign in</p>" }));
  await expect(client.call("GET", statuses)).rejects.toThrow(SyntaxError);
});

const visible = async (id: string): Promise<[number, boolean, unknown]> => {
  const list = await client.call("GET", statuses);
  const ids = (at(list.body, "value") as Json[]).map((row) => at(row, "id"));
  return [(await client.call("GET", `${statuses}/${id}`)).status, ids.includes(id), at(list.body, "@odata.count")];
};

test("hide by reads: absent from lists and 404 by key for so many reads, while the next one created is there", async () => {
  emulator.faults.add(rule("POST", { hide: { reads: 4 } }));
  const [hidden, shown] = [idOf(await create("hidden")), idOf(await create("shown"))];
  expect(await visible(hidden)).toEqual([404, false, 1]);
  // Of another row only the list is a read of this one: one is left after it.
  expect(await visible(shown)).toEqual([200, true, 1]);
  expect((await client.call("GET", `${statuses}('${hidden}')`)).status).toBe(404);
  expect(await visible(hidden)).toEqual([200, true, 2]);
});

test("hide: what is hidden can be changed and deleted", async () => {
  emulator.faults.add({ ...rule("POST", { hide: { reads: 100 } }), times: 2 });
  const [changed, deleted] = [idOf(await create()), idOf(await create())];
  expect((await client.call("PATCH", `${statuses}/${changed}`, { status: "error" })).status).toBe(200);
  expect((await client.call("DELETE", `${statuses}/${deleted}`)).status).toBe(204);
  expect(rows().map(({ id, status }) => [id, status])).toEqual([[changed, "error"]]);
});

test("hide by seconds: until the emulator's clock has passed them", async () => {
  emulator.faults.add(rule("POST", { hide: { seconds: 600 } }));
  const id = idOf(await create());
  await emulator.clock.advance("PT9M");
  expect(await visible(id)).toEqual([404, false, 0]);
  await emulator.clock.advance("PT1M");
  expect(await visible(id)).toEqual([200, true, 1]);
});

test("hide: a policy that has not appeared hides what it contains; clear shows it", async () => {
  emulator.faults.add(rule("POST", { hide: { seconds: 600 } }));
  const hidden = await createPolicy(client);
  expect((await client.call("GET", `${POLICIES}/${hidden}/deviceStatuses`)).status).toBe(404);
  expect(at((await client.call("GET", POLICIES)).body, "value")).toHaveLength(1);
  emulator.faults.clear();
  expect((await client.call("GET", `${POLICIES}/${hidden}/deviceStatuses`)).status).toBe(200);
});

test("outOfBand set: the answer is what was asked for, the row is another one afterwards", async () => {
  emulator.faults.add(rule("POST", { outOfBand: { set: { status: "error", userName: "somebody" } } }));
  const created = await create();
  expect(at(created.body, "status")).toBe("compliant");
  const read = await client.call("GET", `${statuses}/${idOf(created)}`);
  expect([at(read.body, "status"), at(read.body, "userName")]).toEqual(["error", "somebody"]);
});

test("outOfBand delete: the row that was read, changed or named is gone afterwards", async () => {
  const [read, changed, named] = [idOf(await create()), idOf(await create()), idOf(await create())];
  emulator.faults.add(rule("GET", { outOfBand: { delete: true } }));
  expect((await client.call("GET", `${statuses}/${read}`)).status).toBe(200);
  expect((await client.call("GET", `${statuses}/${read}`)).status).toBe(404);
  emulator.faults.add(rule("PATCH", { outOfBand: { delete: true } }));
  expect((await client.call("PATCH", `${statuses}('${changed}')`, { status: "error" })).status).toBe(200);
  expect(rows().map(({ id }) => id)).toEqual([named]);
  emulator.faults.add(rule("GET", { outOfBand: { delete: true, id: named } }));
  expect(at((await client.call("GET", statuses)).body, "value")).toHaveLength(1);
  expect(rows()).toEqual([]);
});

test("outOfBand after a PATCH that answers 204 edits the row the request addressed", async () => {
  const own = await startEmulator({ patchAnswer: 204 });
  const ownClient = await GraphClient.of(own);
  const path = `${POLICIES}/${await createPolicy(ownClient)}/deviceStatuses`;
  const id = at((await ownClient.call("POST", path, statusOf("d"))).body, "id") as string;
  own.faults.add(rule("PATCH", { outOfBand: { set: { status: "conflict" } } }));
  expect((await ownClient.call("PATCH", `${path}/${id}`, { status: "error" })).status).toBe(204);
  expect(at((await ownClient.call("GET", `${path}/${id}`)).body, "status")).toBe("conflict");
  await ownClient.close();
  await own.close();
});

test("within a $batch one request is struck", async () => {
  emulator.faults.add({
    match: { method: "POST", path: "/beta/**/deviceStatuses" },
    skip: 1,
    fault: { throttle: { form: "decimal", retryAfterSeconds: 0.249 } },
  });
  const item = (id: string) => ({
    id,
    method: "POST",
    url: statuses.replace("/beta", ""),
    headers: { "Content-Type": "application/json" },
    body: statusOf(id),
  });
  const { body } = await client.call("POST", "/beta/$batch", { requests: [item("1"), item("2"), item("3")] });
  const responses = at(body, "responses") as Json[];
  const byId = (id: string): Json => responses.find((one) => at(one, "id") === id);
  expect(["1", "2", "3"].map((id) => at(byId(id), "status"))).toEqual([201, 429, 201]);
  expect(at(byId("2"), "headers", "Retry-After")).toBe("0.249");
});

test("faults given at start are in place; a rule that cannot be is refused by name", async () => {
  const own = await startEmulator({ faults: [{ match: { method: "GET" }, fault: { status: 503 } }], seed: 5 });
  const ownClient = await GraphClient.of(own);
  expect((await ownClient.call("GET", POLICIES)).status).toBe(503);
  const { body } = await ownClient.call("GET", "/_emulator/faults");
  expect(body).toEqual({
    seed: 5,
    value: [{ rule: { match: { method: "GET" }, fault: { status: 503 } }, seen: 1, struck: 1 }],
  });
  await ownClient.close();
  await own.close();
  await expect(startEmulator({ faults: [{ fault: { status: 1 } }] })).rejects.toThrow(
    "faults: rule 0: fault.status must be a whole number from 200 to 599",
  );
  expect(() => {
    emulator.faults.add({ fault: {} } as never);
  }).toThrow("fault must have exactly one of");
});
