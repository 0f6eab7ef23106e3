import { startEmulator } from "intune-emulator";
import type { Emulator } from "intune-emulator";
import { at, createPolicy, DOCUMENTED_REQUEST, GraphClient, POLICIES } from "../unit/emulator/support/graphClient";

let emulator: Emulator;
let client: GraphClient;
let policyId: string;
let statuses: string;

beforeEach(async () => {
  emulator = await startEmulator({ profile: "observed" });
  client = await GraphClient.of(emulator);
  policyId = await createPolicy(client);
  statuses = `${POLICIES}/${policyId}/deviceStatuses`;
});
afterEach(async () => {
  await client.close();
  await emulator.close();
});

const SERVICE = "/DeviceConfiguration_2601/StatelessDeviceConfigurationFEService";

test.each([
  ["POST", "", "~/singleton/navigation/key/navigation", ""],
  ["GET", "/x'y", "~/singleton/navigation/key/navigation/key", "('x''y')"],
  ["PATCH", "/x", "~/singleton/navigation/key/navigation/key", "('x')"],
  ["DELETE", "/x", "~/singleton/navigation/key/navigation/key", "('x')"],
  ["PUT", "/x", "~/singleton/navigation/key/navigation/key", "('x')"],
] as const)(
  "%s deviceStatuses%s: no OData route, in the service's words",
  async (method, tail, template, canonicalTail) => {
    const body = method === "GET" || method === "DELETE" ? undefined : DOCUMENTED_REQUEST;
    const answer = await client.call(method, `${statuses}${tail}`, body);
    expect([answer.status, at(answer.body, "error", "code")]).toEqual([400, "No method match route template"]);
    expect(at(answer.body, "error", "message")).toBe(
      `No OData route exists that match template ${template} with http verb ${method} for request ` +
        `${SERVICE}/deviceManagement/deviceCompliancePolicies('${policyId}')/deviceStatuses${canonicalTail}.`,
    );
    expect(emulator.store.deviceStatuses(policyId)).toEqual([]);
  },
);

test("GET scheduledActionsForRule has no route either", async () => {
  const answer = await client.call("GET", `${POLICIES}/${policyId}/scheduledActionsForRule`);
  expect(at(answer.body, "error", "message")).toBe(
    "No OData route exists that match template ~/singleton/navigation/key/navigation with http verb GET for request " +
      `${SERVICE}/deviceManagement/deviceCompliancePolicies('${policyId}')/scheduledActionsForRule.`,
  );
});

test("list: composite keys around the policy's, UTC dates with seven digits, no @odata.type", async () => {
  await emulator.store.putDeviceStatus(policyId, {
    deviceDisplayName: "CONTOSO-0001",
    complianceGracePeriodExpirationDateTime: "2016-12-31T23:56:44.951111-08:00",
    lastReportedDateTime: "2017-01-01T00:00:17.7769392-08:00",
  });
  const { status, body } = await client.call("GET", statuses);
  expect([status, at(body, "@odata.count")]).toEqual([200, 1]);
  const guid = "[0-9a-f-]{36}";
  expect(at(body, "value", 0)).toEqual({
    id: expect.stringMatching(new RegExp(`^${guid}_${policyId}_${guid}$`)) as string,
    deviceDisplayName: "CONTOSO-0001",
    userName: null,
    deviceModel: null,
    platform: 0,
    complianceGracePeriodExpirationDateTime: "2017-01-01T07:56:44.9511110Z",
    status: "unknown",
    lastReportedDateTime: "2017-01-01T08:00:17.7769392Z",
    userPrincipalName: null,
  });
});

test("list: $filter is 501", async () => {
  expect((await client.call("GET", `${statuses}?$filter=status%20eq%20'nonCompliant'`)).status).toBe(501);
});

test("policies are created, read, listed and deleted, with the service's dates", async () => {
  const { status, body } = await client.call("GET", `${POLICIES}/${policyId}`);
  expect([status, at(body, "createdDateTime")]).toEqual([
    200,
    expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/),
  ]);
  expect(at((await client.call("GET", POLICIES)).body, "value", 0, "id")).toBe(policyId);
  expect((await client.call("DELETE", `${POLICIES}/${policyId}`)).status).toBe(204);
  expect(emulator.store.policies()).toEqual([]);
});

test("setProfile: the same row, documented, has its sender's spelling and can be read by key", async () => {
  const lastReportedDateTime = "2017-01-01T00:00:17.7769392-08:00";
  const { id } = await emulator.store.putDeviceStatus(policyId, { lastReportedDateTime });
  emulator.setProfile("documented");
  const { status, body } = await client.call("GET", `${statuses}/${id}`);
  expect([status, at(body, "lastReportedDateTime")]).toEqual([200, lastReportedDateTime]);
});
