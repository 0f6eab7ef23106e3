import { startEmulator } from "intune-emulator";
import type { Emulator } from "intune-emulator";
import {
  at,
  createPolicy,
  DOCUMENTED_REQUEST,
  GraphClient,
  POLICIES,
  statusOf,
} from "../unit/emulator/support/graphClient";
import type { Json } from "../unit/emulator/support/graphClient";

let emulator: Emulator;
let client: GraphClient;
let policyId: string;
let statuses: string;

beforeEach(async () => {
  emulator = await startEmulator();
  client = await GraphClient.of(emulator);
  policyId = await createPolicy(client);
  statuses = `${POLICIES}/${policyId}/deviceStatuses`;
});
afterEach(async () => {
  await client.close();
  await emulator.close();
});

async function create(body: unknown): Promise<string> {
  const { status, body: created } = await client.call("POST", statuses, body);
  expect(status).toBe(201);
  return at(created, "id") as string;
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const namesIn = (list: Json): Json[] => (at(list, "value") as Json[]).map((entity) => at(entity, "deviceDisplayName"));

test("create: the documented request gets the documented answer, to its exact length in the documentation's layout", async () => {
  const { status, headers, body } = await client.call("POST", statuses, DOCUMENTED_REQUEST);
  expect(status).toBe(201);
  const { "@odata.type": odataType, ...properties } = DOCUMENTED_REQUEST;
  const id = at(body, "id") as string;
  expect(id).toMatch(GUID);
  expect(Object.entries(body as object)).toEqual(Object.entries({ "@odata.type": odataType, id, ...properties }));
  // `Content-Length: 493` of the page's 201 response counts the indented text with CRLF line ends.
  expect(JSON.stringify(body, null, 2).replaceAll("\n", "\r\n")).toHaveLength(493);
  expect(headers["content-type"]).toBe(
    "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8",
  );
  expect(headers["odata-version"]).toBe("4.0");
  expect(headers["location"]).toBe(`${emulator.graphEndpoint}${POLICIES}('${policyId}')/deviceStatuses('${id}')`);
});

test("create: every answer carries Graph's ids; the client's own is echoed", async () => {
  const { headers } = await client.call("POST", statuses, DOCUMENTED_REQUEST, { "client-request-id": "my-id" });
  expect(headers["client-request-id"]).toBe("my-id");
  expect(headers["request-id"]).toMatch(GUID);
  expect(JSON.parse(String(headers["x-ms-ags-diagnostic"]))).toHaveProperty("ServerInfo.DataCenter");
  expect(Date.parse(String(headers["date"]))).toBeGreaterThan(Date.now() - 60_000);
});

test("create: two equal requests make two entities", async () => {
  expect(await create(DOCUMENTED_REQUEST)).not.toBe(await create(DOCUMENTED_REQUEST));
  expect(emulator.store.deviceStatuses(policyId)).toHaveLength(2);
});

test("get: the bare entity, at both key syntaxes", async () => {
  const id = await create(DOCUMENTED_REQUEST);
  const spellings = [
    `${statuses}/${id}`,
    `${POLICIES}('${policyId}')/deviceStatuses('${id}')`,
    `${POLICIES}/${policyId}/deviceStatuses(%27${id}%27)`,
  ];
  for (const spelling of spellings) {
    const { status, body } = await client.call("GET", spelling);
    expect([status, body]).toEqual([200, { ...DOCUMENTED_REQUEST, id }]);
  }
});

test("keys: quotes and percent signs survive both syntaxes", async () => {
  const id = "o'brien 100%/2";
  await emulator.store.putDeviceStatus(policyId, { id });
  const quoted = `${POLICIES}('${policyId}')/deviceStatuses('${encodeURIComponent(id.replace("'", "''"))}')`;
  expect(at((await client.call("GET", quoted)).body, "id")).toBe(id);
  expect(at((await client.call("GET", `${statuses}/${encodeURIComponent(id)}`)).body, "id")).toBe(id);
});

test("list: context, count and the entities in the order of their creation", async () => {
  for (const name of ["c", "a", "b"]) await create(statusOf(name));
  const { status, body } = await client.call("GET", statuses);
  expect(status).toBe(200);
  expect(Object.keys(body as object)).toEqual(["@odata.context", "@odata.count", "value"]);
  expect(at(body, "@odata.context")).toBe(
    `${emulator.graphEndpoint}/beta/$metadata#deviceManagement/deviceCompliancePolicies('${policyId}')/deviceStatuses`,
  );
  expect([at(body, "@odata.count"), namesIn(body)]).toEqual([3, ["c", "a", "b"]]);
});

test("list: $select gives the named properties", async () => {
  const id = await create(DOCUMENTED_REQUEST);
  const { body } = await client.call("GET", `${statuses}?$select=id,status`);
  expect(at(body, "value")).toEqual([
    { "@odata.type": "#microsoft.graph.deviceComplianceDeviceStatus", id, status: "notApplicable" },
  ]);
});

test("update: changes what is given and nothing beside it", async () => {
  const neighbour = await create({ ...DOCUMENTED_REQUEST, deviceDisplayName: "neighbour" });
  const id = await create(DOCUMENTED_REQUEST);
  const { status, body } = await client.call("PATCH", `${statuses}/${id}`, {
    status: "nonCompliant",
    deviceModel: null,
  });
  const expected = { ...DOCUMENTED_REQUEST, id, status: "nonCompliant", deviceModel: null };
  expect([status, body]).toEqual([200, expected]);
  expect((await client.call("GET", `${statuses}/${id}`)).body).toEqual(expected);
  expect((await client.call("GET", `${statuses}/${neighbour}`)).body).toEqual({
    ...DOCUMENTED_REQUEST,
    id: neighbour,
    deviceDisplayName: "neighbour",
  });
});

test.each([
  ["deviceDisplayName", "new"],
  ["userName", null],
  ["deviceModel", "new"],
  ["platform", -1],
  ["complianceGracePeriodExpirationDateTime", "9999-12-31T23:59:59.9999999Z"],
  ["status", "error"],
  ["lastReportedDateTime", "2026-01-02T03:04:05+14:00"],
  ["userPrincipalName", ""],
])("update: %s alone, and all others stay", async (name, value) => {
  const id = await create(DOCUMENTED_REQUEST);
  const { body } = await client.call("PATCH", `${statuses}/${id}`, { [name]: value });
  expect(body).toEqual({ ...DOCUMENTED_REQUEST, id, [name]: value });
  expect((await client.call("GET", `${statuses}/${id}`)).body).toEqual(body);
});

test("update: a refused change changes nothing", async () => {
  const id = await create(DOCUMENTED_REQUEST);
  const { status } = await client.call("PATCH", `${statuses}/${id}`, { deviceModel: "new", status: "noncompliant" });
  expect(status).toBe(400);
  expect((await client.call("GET", `${statuses}/${id}`)).body).toEqual({ ...DOCUMENTED_REQUEST, id });
});

test("update: forty at once, each of one property, are all there afterwards", async () => {
  const id = await create(DOCUMENTED_REQUEST);
  const properties = ["deviceDisplayName", "userName", "deviceModel", "userPrincipalName"];
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, index) => {
      const name = properties[index % properties.length] ?? "";
      return client.call("PATCH", `${statuses}/${id}`, { [name]: `${name} ${index}` });
    }),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array(40).fill(200));
  const { body } = await client.call("GET", `${statuses}/${id}`);
  for (const name of properties) expect(at(body, name)).toMatch(new RegExp(`^${name} \\d+$`));
});

test("update: with patchAnswer 204 there is no body, and the change is made", async () => {
  const terse = await startEmulator({ patchAnswer: 204 });
  const own = await GraphClient.of(terse);
  const policy = await createPolicy(own);
  const { id } = await terse.store.putDeviceStatus(policy, {});
  const answer = await own.call("PATCH", `${POLICIES}/${policy}/deviceStatuses/${id}`, { status: "error" });
  expect([answer.status, answer.body, answer.headers["content-type"]]).toEqual([204, undefined, undefined]);
  expect(terse.store.deviceStatuses(policy)[0]?.status).toBe("error");
  await own.close();
  await terse.close();
});

test("delete: 204, then it is gone for every verb", async () => {
  const id = await create(DOCUMENTED_REQUEST);
  const { status, body } = await client.call("DELETE", `${statuses}/${id}`);
  expect([status, body]).toEqual([204, undefined]);
  for (const method of ["GET", "PATCH", "DELETE"] as const) {
    const answer = await client.call(method, `${statuses}/${id}`, method === "PATCH" ? {} : undefined);
    expect([method, answer.status, at(answer.body, "error", "code")]).toEqual([method, 404, "ResourceNotFound"]);
  }
});

test("v1.0: the same entities without platform", async () => {
  const id = await create(DOCUMENTED_REQUEST);
  const { platform, ...rest } = DOCUMENTED_REQUEST;
  const v1 = statuses.replace("/beta/", "/v1.0/");
  expect((await client.call("GET", `${v1}/${id}`)).body).toEqual({ ...rest, id });
  const refused = await client.call("POST", v1, DOCUMENTED_REQUEST);
  expect([platform, refused.status, at(refused.body, "error", "message")]).toEqual([
    8,
    400,
    expect.stringContaining("'platform'"),
  ]);
  const created = await client.call("POST", v1, rest);
  expect(created.status).toBe(201);
  // `Content-Length: 475` of the v1.0 page.
  expect(JSON.stringify(created.body, null, 2).replaceAll("\n", "\r\n")).toHaveLength(475);
});

test("policy gone: its statuses are gone with it, and its collection is 404", async () => {
  await create(DOCUMENTED_REQUEST);
  expect((await client.call("DELETE", `${POLICIES}/${policyId}`)).status).toBe(204);
  expect(emulator.store.deviceStatuses(policyId)).toEqual([]);
  for (const method of ["GET", "POST"] as const) {
    const answer = await client.call(method, statuses, method === "POST" ? DOCUMENTED_REQUEST : undefined);
    expect([answer.status, at(answer.body, "error", "code")]).toEqual([404, "ResourceNotFound"]);
  }
});

test("store: what is put past HTTP is read over HTTP, defaults included; what is wrong is refused", async () => {
  const row = await emulator.store.putDeviceStatus(policyId, { deviceDisplayName: "put" });
  const expected = {
    "@odata.type": "#microsoft.graph.deviceComplianceDeviceStatus",
    id: row.id,
    deviceDisplayName: "put",
    userName: null,
    deviceModel: null,
    platform: 0,
    complianceGracePeriodExpirationDateTime: "0001-01-01T00:00:00Z",
    status: "unknown",
    lastReportedDateTime: "0001-01-01T00:00:00Z",
    userPrincipalName: null,
  };
  expect((await client.call("GET", `${statuses}/${row.id}`)).body).toEqual(expected);
  await emulator.store.putDeviceStatus(policyId, { id: row.id, status: "conflict" });
  expect((await client.call("GET", `${statuses}/${row.id}`)).body).toEqual({ ...expected, status: "conflict" });
  await expect(emulator.store.putDeviceStatus("none", {})).rejects.toThrow("there is no deviceCompliancePolicy none");
  await expect(emulator.store.putDeviceStatus(policyId, { platform: 0.5 })).rejects.toThrow("'platform'");
  expect(await emulator.store.deleteDeviceStatus(policyId, row.id)).toBe(true);
  expect(await emulator.store.deleteDeviceStatus(policyId, row.id)).toBe(false);
});
