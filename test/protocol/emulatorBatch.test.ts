import { startEmulator } from "intune-emulator";
import type { Emulator } from "intune-emulator";
import { at, createPolicy, GraphClient, POLICIES, statusOf } from "../unit/emulator/support/graphClient";
import type { Json } from "../unit/emulator/support/graphClient";

let emulator: Emulator;
let client: GraphClient;
let statuses: string;
let policyId: string;

beforeEach(async () => {
  emulator = await startEmulator();
  client = await GraphClient.of(emulator);
  policyId = await createPolicy(client);
  statuses = `/deviceManagement/deviceCompliancePolicies/${policyId}/deviceStatuses`;
});
afterEach(async () => {
  await client.close();
  await emulator.close();
});

const JSON_HEADERS = { "Content-Type": "application/json" };
const create = (id: string, more: object = {}): object => ({
  id,
  method: "POST",
  url: statuses,
  headers: JSON_HEADERS,
  body: statusOf(id),
  ...more,
});
const batch = (requests: unknown): ReturnType<GraphClient["call"]> => client.call("POST", "/beta/$batch", { requests });
const byId = (body: Json, id: string): Json => (at(body, "responses") as Json[]).find((item) => at(item, "id") === id);

test("twenty requests are carried out in order and answered by id, in another order", async () => {
  const ids = Array.from({ length: 20 }, (_, index) => `n${index}`);
  const { status, body } = await batch(ids.map((id) => create(id)));
  expect(status).toBe(200);
  const responses = at(body, "responses") as Json[];
  expect(responses.map((item) => at(item, "id"))).toEqual([...ids].reverse());
  expect(responses.map((item) => at(item, "status"))).toEqual(Array(20).fill(201));
  expect(at(byId(body, "n7"), "body", "deviceDisplayName")).toBe("n7");
  expect(emulator.store.deviceStatuses(policyId).map((row) => row.deviceDisplayName)).toEqual(ids);
});

test("each request succeeds or fails for itself; 204 has no body; urls may lack the leading slash", async () => {
  const { id } = await emulator.store.putDeviceStatus(policyId, {});
  const { body } = await batch([
    { id: "list", method: "get", url: `${statuses.slice(1)}?$top=1` },
    { id: "missing", method: "GET", url: `${statuses}/none` },
    { id: "gone", method: "DELETE", url: `${statuses}/${id}` },
  ]);
  expect(at(byId(body, "list"), "body", "@odata.count")).toBe(1);
  expect([at(byId(body, "missing"), "status"), at(byId(body, "missing"), "body", "error", "code")]).toEqual([
    404,
    "ResourceNotFound",
  ]);
  expect([at(byId(body, "gone"), "status"), at(byId(body, "gone"), "body")]).toEqual([204, undefined]);
});

test("faults strike single requests, headers included; a dropped one is missing from the answer", async () => {
  emulator.faults.add({
    match: { method: "POST", path: "/**/deviceStatuses" },
    skip: 1,
    fault: { status: 429, headers: { "Retry-After": "2.128" } },
  });
  emulator.faults.add({
    match: { method: "POST", path: "/**/deviceStatuses" },
    skip: 1,
    fault: { drop: "afterCommit" },
  });
  const { status, body } = await batch([create("a"), create("b"), create("c")]);
  expect(status).toBe(200);
  expect([at(byId(body, "b"), "status"), at(byId(body, "b"), "headers", "Retry-After")]).toEqual([429, "2.128"]);
  expect((at(body, "responses") as Json[]).map((item) => at(item, "id"))).toEqual(["b", "a"]);
  expect(emulator.store.deviceStatuses(policyId).map((row) => row.deviceDisplayName)).toEqual(["a", "c"]);
});

test("dependsOn: what depends on a failed request is 424 and not done", async () => {
  const { body } = await batch([
    { id: "one", method: "GET", url: `${statuses}/none` },
    create("two", { dependsOn: ["ONE"] }),
    create("three"),
    create("four", { dependsOn: ["three"] }),
  ]);
  expect(["one", "two", "three", "four"].map((id) => at(byId(body, id), "status"))).toEqual([404, 424, 201, 201]);
  expect(emulator.store.deviceStatuses(policyId).map((row) => row.deviceDisplayName)).toEqual(["three", "four"]);
});

test("journal: the batch and each of its requests are listed", async () => {
  emulator.journal.clear();
  await batch([create("a"), create("b", { headers: { ...JSON_HEADERS, "client-request-id": "b-1" } })]);
  const entries = emulator.journal.entries();
  expect(entries.map(({ method, path, status }) => `${method} ${path} ${status}`)).toEqual([
    "POST /beta/$batch 200",
    `POST ${POLICIES}/${policyId}/deviceStatuses 201`,
    `POST ${POLICIES}/${policyId}/deviceStatuses 201`,
  ]);
  expect(entries[2]).toMatchObject({ clientRequestId: "b-1", requestBody: { deviceDisplayName: "b" } });
  expect(JSON.stringify(entries)).not.toContain(client.token);
});

const get = { id: "1", method: "GET", url: "/deviceManagement/deviceCompliancePolicies" };
test.each<[string, unknown]>([
  ["no requests", []],
  ["21 requests", Array.from({ length: 21 }, (_, index) => ({ ...get, id: String(index) }))],
  ["requests that are no array", {}],
  [
    "ids that differ in case only",
    [
      { ...get, id: "a" },
      { ...get, id: "A" },
    ],
  ],
  ["an id that is a number", [{ ...get, id: 1 }]],
  ["an absolute url", [{ ...get, url: "https://graph.microsoft.com/beta/deviceManagement/deviceCompliancePolicies" }]],
  [
    "a batch in a batch",
    [{ ...get, method: "POST", url: "/$batch", headers: JSON_HEADERS, body: { requests: [get] } }],
  ],
  ["a body without Content-Type", [{ ...get, method: "POST", body: {} }]],
  ["dependsOn an unknown id", [{ ...get, dependsOn: ["2"] }]],
])("%s: the whole batch is 400", async (_, requests) => {
  const { status, body } = await batch(requests);
  expect([status, at(body, "error", "code")]).toEqual([400, "BadRequest"]);
  expect(at(body, "error", "message")).toMatch(/^Invalid batch payload: /);
});

test("a batch without a token is 401 as a whole", async () => {
  const { status } = await client.call("POST", "/beta/$batch", { requests: [get] }, { authorization: "Bearer x" });
  expect(status).toBe(401);
});

test("$count within a batch comes as the text it is", async () => {
  await emulator.store.putDeviceStatus(policyId, {});
  const { body } = await batch([{ id: "n", method: "GET", url: `${statuses}/$count` }]);
  expect([at(byId(body, "n"), "body"), at(byId(body, "n"), "headers", "Content-Type")]).toEqual(["1", "text/plain"]);
});

test.each([
  ["a chain", [[], ["a"], ["b"]], 200],
  ["all on the first", [[], ["a"], ["a"]], 200],
  ["none on another", [[], [], []], 200],
  ["something else", [[], ["a"], []], 400],
] as const)("observed: dependsOn may be %s", async (_, dependsOn, expected) => {
  emulator.setProfile("observed");
  const requests = ["a", "b", "c"].map((id, index) => ({
    id,
    method: "GET",
    url: statuses,
    dependsOn: dependsOn[index],
  }));
  const { status, body } = await batch(requests);
  expect(status).toBe(expected);
  if (expected === 400)
    expect(at(body, "error", "message")).toContain("Batch should be either fully sequential or fully parallel");
});
