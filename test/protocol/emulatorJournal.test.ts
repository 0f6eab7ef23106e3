import { DEFAULT_APP, startEmulator } from "intune-emulator";
import type { Emulator } from "intune-emulator";
import { at, createPolicy, GraphClient, POLICIES, statusOf } from "../unit/emulator/support/graphClient";
import type { Json } from "../unit/emulator/support/graphClient";

let emulator: Emulator;
let client: GraphClient;
let statuses: string;

beforeEach(async () => {
  emulator = await startEmulator();
  client = await GraphClient.of(emulator);
  statuses = `${POLICIES}/${await createPolicy(client)}/deviceStatuses`;
});
afterEach(async () => {
  await client.close();
  await emulator.close();
});

test("the route pages by index", async () => {
  for (let index = 0; index < 4; index++) await client.call("GET", `${POLICIES}?$top=${index + 1}`);
  const [, , third] = emulator.journal.entries();
  const page = await client.call("GET", `/_emulator/requests?after=${third?.index ?? NaN}&limit=2`);
  expect((at(page.body, "value") as Json[]).map((entry) => at(entry, "query"))).toEqual(["$top=2", "$top=3"]);
  for (const query of ["after=x", "limit=0", "after=-2"]) {
    const refused = await client.call("GET", `/_emulator/requests?${query}`);
    expect([refused.status, at(refused.body, "error", "message")]).toEqual([
      400,
      expect.stringMatching(/^(after|limit) must be a whole number from /),
    ]);
  }
});

test("assert: counts what matches, or says what was seen; by the handle and by the route", async () => {
  await client.call("POST", statuses, statusOf("d"));
  const match = { method: "POST", path: "/beta/**/deviceStatuses", status: 201, body: { deviceDisplayName: "d" } };
  expect(emulator.journal.assert({ match, times: 1 })).toBe(1);
  expect(() => emulator.journal.assert({ match, times: 2 })).toThrow(
    /^expected exactly 2 requests with .*, saw 1; the journal holds: /,
  );
  const passed = await client.call("POST", "/_emulator/requests/assert", { match, times: { min: 1, max: 1 } });
  expect([passed.status, passed.body]).toEqual([200, { matched: 1 }]);
  const failed = await client.call("POST", "/_emulator/requests/assert", { match: { ...match, status: 400 } });
  expect([failed.status, at(failed.body, "error", "code")]).toEqual([422, "AssertionFailed"]);
  expect(at(failed.body, "error", "message")).toContain(`POST ${statuses} 201`);
  const wrong = await client.call("POST", "/_emulator/requests/assert", { match: { verb: "POST" } });
  expect([wrong.status, at(wrong.body, "error", "code")]).toEqual([400, "BadRequest"]);
});

/** Required by HAR 1.2, object by object; the archive's readers look for these. */
const REQUIRED = {
  entry: ["startedDateTime", "time", "request", "response", "cache", "timings"],
  request: ["method", "url", "httpVersion", "cookies", "headers", "queryString", "headersSize", "bodySize"],
  response: [
    "status",
    "statusText",
    "httpVersion",
    "cookies",
    "headers",
    "content",
    "redirectURL",
    "headersSize",
    "bodySize",
  ],
  timings: ["send", "wait", "receive"],
};

test("HAR: version 1.2, every required field, what was asked and answered, and the fault", async () => {
  emulator.faults.add({ match: { method: "GET" }, fault: { drop: "beforeCommit" } });
  await client.call("GET", `${statuses}?$top=5&$select=id`).catch(() => undefined);
  await client.call("POST", statuses, statusOf("ö"), { "client-request-id": "mine", "user-agent": "me/1" });
  const { status, body } = await client.call("GET", "/_emulator/requests.har");
  expect([status, body]).toEqual([200, JSON.parse(JSON.stringify(emulator.journal.toHar()))]);
  expect([at(body, "log", "version"), at(body, "log", "creator", "name")]).toEqual(["1.2", "intune-emulator"]);
  const entries = at(body, "log", "entries") as Json[];
  expect(entries).toHaveLength(4);
  for (const entry of entries) {
    expect(Object.keys(entry as object)).toEqual(expect.arrayContaining(REQUIRED.entry));
    for (const part of ["request", "response", "timings"] as const) {
      expect(Object.keys(at(entry, part) as object)).toEqual(expect.arrayContaining(REQUIRED[part]));
    }
    expect(at(entry, "time")).toBe(at(entry, "timings", "wait"));
    expect(Date.parse(at(entry, "startedDateTime") as string)).not.toBeNaN();
  }
  const [, , dropped, created] = entries;
  expect(at(dropped, "request", "url")).toBe(`${emulator.graphEndpoint}${statuses}?$top=5&$select=id`);
  expect(at(dropped, "request", "queryString")).toEqual([
    { name: "$top", value: "5" },
    { name: "$select", value: "id" },
  ]);
  expect([at(dropped, "response", "status"), at(dropped, "comment")]).toEqual([0, "fault: drop beforeCommit"]);
  expect(JSON.parse(at(created, "request", "postData", "text") as string)).toEqual(statusOf("ö"));
  expect(at(created, "request", "headers")).toEqual([
    { name: "client-request-id", value: "mine" },
    { name: "user-agent", value: "me/1" },
  ]);
  expect([at(created, "response", "status"), at(created, "response", "statusText")]).toEqual([201, "Created"]);
  expect(at(created, "response", "content", "mimeType")).toMatch(/^application\/json/);
});

test("HAR: an address within a batch that cannot be encoded is still exported", async () => {
  const requests = [{ id: "1", method: "GET", url: "/\ud800" }];
  expect((await client.call("POST", "/beta/$batch", { requests })).status).toBe(200);
  const { status, body } = await client.call("GET", "/_emulator/requests.har");
  expect([status, at(body, "log", "entries", 3, "request", "url")]).toEqual([
    200,
    `${emulator.graphEndpoint}/beta/%EF%BF%BD`,
  ]);
});

test("no token and no secret is in the journal or its export", async () => {
  await client.call("GET", `${POLICIES}?access_token=${client.token}`);
  const kept = JSON.stringify(emulator.journal.entries()) + JSON.stringify(emulator.journal.toHar());
  expect(kept).toContain("/oauth2/v2.0/token");
  expect(kept).toContain("access_token=");
  for (const secret of [client.token, DEFAULT_APP.clientSecret, "Bearer", "client_credentials"]) {
    expect(kept).not.toContain(secret);
  }
});

test("a name outside ASCII comes back as it was sent, and stands so in the journal", async () => {
  for (const name of ["plain", "Zürich", "東京 📱"]) {
    const created = await client.call("POST", statuses, statusOf(name));
    expect([created.status, at(created.body, "deviceDisplayName")]).toEqual([201, name]);
    expect(emulator.journal.entries().at(-1)?.requestBody).toMatchObject({ deviceDisplayName: name });
  }
});
