import { startEmulator } from "intune-emulator";
import type { Emulator } from "intune-emulator";
import { DEVICE_STATUS } from "../unit/emulator/support/families";
import { at, createPolicy, GraphClient, NEW_POLICY, POLICIES } from "../unit/emulator/support/graphClient";
import type { Json } from "../unit/emulator/support/graphClient";

let emulator: Emulator;
let client: GraphClient;
let policyId: string;
let policy: string;

beforeEach(async () => {
  emulator = await startEmulator({ pageSize: 2 });
  client = await GraphClient.of(emulator);
  policyId = await createPolicy(client);
  policy = `${POLICIES}/${policyId}`;
});
afterEach(async () => {
  await client.close();
  await emulator.close();
});

const messageOf = (body: Json): string => at(body, "error", "message") as string;

test.each(["documented", "observed"] as const)(
  "%s: PATCH changes what is given, dates it and counts the version",
  async (profile) => {
    emulator.setProfile(profile);
    const { body: before } = await client.call("GET", policy);
    const change = {
      "@odata.type": "#microsoft.graph.windows10CompliancePolicy",
      bitLockerEnabled: true,
      description: "d",
    };
    const { status, body } = await client.call("PATCH", policy, {
      ...change,
      version: 9,
      createdDateTime: "2001-01-01T00:00:00Z",
    });
    expect([status, body]).toEqual([
      200,
      { ...(before as object), ...change, version: 2, lastModifiedDateTime: at(body, "lastModifiedDateTime") },
    ]);
    expect((await client.call("GET", policy)).body).toEqual(body);
    const modifiedMs = (of: Json): number => Date.parse(at(of, "lastModifiedDateTime") as string);
    expect(modifiedMs(body)).toBeGreaterThanOrEqual(modifiedMs(before));
  },
);

test.each<[string, Record<string, unknown>, string]>([
  ["a setting of another platform", { passcodeRequired: true }, "'passcodeRequired' does not exist"],
  ["another type", { "@odata.type": "#microsoft.graph.iosCompliancePolicy" }, "'@odata.type' must be"],
  ["another id", { id: "x" }, "cannot be changed"],
  ["its actions", { scheduledActionsForRule: [] }, "use its own path or action"],
  ["its rows", { deviceStatuses: [] }, "'deviceStatuses' does not exist"],
  ["no name", { displayName: null }, "must not be null"],
])("PATCH: %s is refused and nothing changes", async (_, change, text) => {
  const { body: before } = await client.call("GET", policy);
  const { status, body } = await client.call("PATCH", policy, change);
  expect(status).toBe(400);
  expect(messageOf(body)).toContain(text);
  expect((await client.call("GET", policy)).body).toEqual(before);
});

test("PATCH: actions and assignments stay; a policy that is not there is 404", async () => {
  await client.call("PATCH", policy, { displayName: "renamed" });
  const { body } = await client.call("GET", `${policy}?$expand=scheduledActionsForRule`);
  expect([at(body, "displayName"), at(body, "scheduledActionsForRule")]).toEqual(["renamed", [expect.anything()]]);
  expect((await client.call("PATCH", `${POLICIES}/none`, {})).status).toBe(404);
});

test("concurrent changes all count", async () => {
  await Promise.all(Array.from({ length: 10 }, () => client.call("PATCH", policy, { description: "d" })));
  expect(at((await client.call("GET", policy)).body, "version")).toBe(11);
});

test("$expand: several at once, rows in a page of their own, overviews computed; $select keeps them", async () => {
  for (const deviceDisplayName of ["a", "b", "c"])
    await client.call("POST", `${policy}/deviceStatuses`, { ...DEVICE_STATUS, deviceDisplayName });
  const expand =
    "$expand=assignments,deviceStatuses,scheduledActionsForRule($expand=scheduledActionConfigurations),deviceStatusOverview";
  const { status, body } = await client.call("GET", `${policy}?$select=displayName&${expand}`);
  expect([status, Object.keys(body as object)]).toEqual([
    200,
    [
      "@odata.type",
      "displayName",
      "assignments",
      "deviceStatuses",
      "deviceStatuses@odata.nextLink",
      "scheduledActionsForRule",
      "deviceStatusOverview",
    ],
  ]);
  expect(at(body, "assignments")).toEqual([]);
  expect(at(body, "deviceStatusOverview", "notApplicableCount")).toBe(3);
  const { body: rest } = await client.call("GET", at(body, "deviceStatuses@odata.nextLink") as string);
  const rows = [...(at(body, "deviceStatuses") as Json[]), ...(at(rest, "value") as Json[])];
  expect(rows.map((row) => at(row, "deviceDisplayName"))).toEqual(["a", "b", "c"]);
});

test("$expand on a list: each policy has its own", async () => {
  const other = await createPolicy(client);
  await client.call("POST", `${POLICIES}/${other}/deviceStatuses`, DEVICE_STATUS);
  const { body } = await client.call("GET", `${POLICIES}?$expand=deviceStatuses`);
  expect([0, 1].map((index) => (at(body, "value", index, "deviceStatuses") as Json[]).length)).toEqual([0, 1]);
});

test("$expand: a name that is none, and one on a collection that has none", async () => {
  expect(messageOf((await client.call("GET", `${policy}?$expand=owner`)).body)).toContain(
    "'owner' is no navigation property",
  );
  expect((await client.call("GET", `${policy}?$expand=assignments(`)).status).toBe(400);
  expect((await client.call("GET", `${policy}/deviceStatuses?$expand=device`)).status).toBe(501);
});

test("v1.0: a policy of a type beta alone has is listed with the properties all policies share", async () => {
  await client.call("POST", POLICIES, {
    ...NEW_POLICY,
    "@odata.type": "#microsoft.graph.aospDeviceOwnerCompliancePolicy",
    osMinimumVersion: "11",
  });
  const { body } = await client.call("GET", POLICIES.replace("beta", "v1.0"));
  expect(at(body, "value", 1)).toEqual({
    "@odata.type": "#microsoft.graph.aospDeviceOwnerCompliancePolicy",
    id: expect.any(String) as string,
    createdDateTime: expect.any(String) as string,
    description: null,
    lastModifiedDateTime: expect.any(String) as string,
    displayName: "Fixture policy",
    version: 1,
  });
});
