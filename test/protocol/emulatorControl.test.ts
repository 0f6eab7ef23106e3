import { startEmulator } from "intune-emulator";
import type { Emulator } from "intune-emulator";
import { at, createPolicy, GraphClient, POLICIES } from "../unit/emulator/support/graphClient";
import type { GraphResponse } from "../unit/emulator/support/graphClient";

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

test("/healthz needs no token and names the profile", async () => {
  const { status, body } = await client.call("GET", "/healthz", undefined, { authorization: "" });
  expect([status, body]).toEqual([200, { status: "ok", profile: "documented" }]);
});

test("/_emulator/requests is the journal, and does not list itself", async () => {
  await createPolicy(client);
  const { body } = await client.call("GET", "/_emulator/requests");
  expect(body).toEqual(JSON.parse(JSON.stringify({ value: emulator.journal.entries() })));
  expect(at(body, "value", 1, "path")).toBe(POLICIES);
  expect((await client.call("DELETE", "/_emulator/requests")).status).toBe(204);
  expect(emulator.journal.entries()).toEqual([]);
});

test("/_emulator/faults takes a rule and forgets all", async () => {
  const rule = { match: { method: "GET" }, times: 5, fault: { status: 503 } };
  const added = await client.call("POST", "/_emulator/faults", rule);
  expect([added.status, added.body]).toEqual([201, rule]);
  expect((await client.call("GET", POLICIES)).status).toBe(503);
  expect((await client.call("DELETE", "/_emulator/faults")).status).toBe(204);
  expect((await client.call("GET", POLICIES)).status).toBe(200);
});

test("/_emulator/profile switches", async () => {
  const { status, body } = await client.call("PUT", "/_emulator/profile", { profile: "observed" });
  expect([status, body]).toEqual([200, { profile: "observed" }]);
  expect(at((await client.call("GET", "/healthz")).body, "profile")).toBe("observed");
});

test.each<[() => Promise<GraphResponse>, number, string]>([
  [() => client.call("PUT", "/_emulator/profile", { profile: "real" }), 400, "The body must be"],
  [() => client.call("PUT", "/_emulator/profile", { profile: "observed", more: 1 }), 400, "The body must be"],
  [
    () => client.call("PUT", "/_emulator/profile", '{"profile":"observed"}', { "content-type": "text/plain" }),
    415,
    "The Content-Type must be application/json",
  ],
  [
    () => client.call("POST", "/_emulator/faults", { fault: { status: 1 } }),
    400,
    "fault.status must be a whole number",
  ],
  [() => client.call("POST", "/_emulator/faults", "{"), 400, "The body is not valid JSON"],
  [() => client.call("PUT", "/_emulator/faults", {}), 405, "/_emulator/faults serves GET, POST, DELETE, not PUT."],
  [() => client.call("GET", "/_emulator/constructor"), 404, "No route /_emulator/constructor."],
])("what is wrong is refused and named (%#)", async (call, status, text) => {
  const answer = await call();
  expect(answer.status).toBe(status);
  expect(at(answer.body, "error", "message")).toContain(text);
  expect(at((await client.call("GET", "/healthz")).body, "profile")).toBe("documented");
});
