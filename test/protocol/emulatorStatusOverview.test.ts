import { startEmulator } from "intune-emulator";
import type { Emulator } from "intune-emulator";
import { DEVICE_STATUS, USER_STATUS } from "../unit/emulator/support/families";
import { at, createPolicy, GraphClient, POLICIES } from "../unit/emulator/support/graphClient";

let emulator: Emulator;
let client: GraphClient;
let policy: string;

beforeEach(async () => {
  emulator = await startEmulator();
  client = await GraphClient.of(emulator);
  policy = `${POLICIES}/${await createPolicy(client)}`;
});
afterEach(async () => {
  await client.close();
  await emulator.close();
});

/** One row more of each status than of the one before it, so that no two counters can be taken for each other. */
const STATUSES = [
  ...["unknown", "notApplicable", "compliant", "remediated", "nonCompliant", "error", "conflict", "notAssigned"],
];
async function createRows(collection: string, row: Record<string, unknown>): Promise<void> {
  const rows = STATUSES.flatMap((status, index) => Array.from({ length: index + 1 }, () => ({ ...row, status })));
  const answers = await Promise.all(rows.map((body) => client.call("POST", collection, body)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
}
const COUNTERS = {
  pendingCount: 1 + 8,
  notApplicableCount: 2,
  successCount: 3 + 4,
  errorCount: 6,
  failedCount: 5,
};

test("deviceStatusOverview counts every row once, by status", async () => {
  await createRows(`${policy}/deviceStatuses`, DEVICE_STATUS);
  const late = { ...DEVICE_STATUS, status: "compliant", lastReportedDateTime: "2026-01-02T00:00:00+02:00" };
  const { body: row } = await client.call("POST", `${policy}/deviceStatuses`, late);
  const overview = {
    id: policy.slice(policy.lastIndexOf("/") + 1),
    ...COUNTERS,
    successCount: COUNTERS.successCount + 1,
    lastUpdateDateTime: "2026-01-02T00:00:00+02:00",
    configurationVersion: 1,
  };
  const beta = await client.call("GET", `${policy}/deviceStatusOverview`);
  expect([beta.status, beta.body]).toEqual([
    200,
    {
      "@odata.type": "#microsoft.graph.deviceComplianceDeviceOverview",
      ...overview,
      notApplicablePlatformCount: 0,
      conflictCount: 7,
    },
  ]);
  const v1 = await client.call("GET", `${policy.replace("beta", "v1.0")}/deviceStatusOverview`);
  expect(v1.body).toEqual({ "@odata.type": "#microsoft.graph.deviceComplianceDeviceOverview", ...overview });

  await client.call("PATCH", `${policy}/deviceStatuses/${at(row, "id") as string}`, { status: "error" });
  const { body: after } = await client.call("GET", `${policy}/deviceStatusOverview?$select=successCount,errorCount`);
  expect([at(after, "successCount"), at(after, "errorCount"), at(after, "pendingCount")]).toEqual([7, 7, undefined]);
});

test("userStatusOverview counts the users' rows, and those of no other policy", async () => {
  await createRows(`${policy}/userStatuses`, USER_STATUS);
  const other = `${POLICIES}/${await createPolicy(client)}`;
  await client.call("POST", `${other}/userStatuses`, USER_STATUS);
  const { body } = await client.call("GET", `${policy}/userStatusOverview`);
  expect(body).toMatchObject({
    "@odata.type": "#microsoft.graph.deviceComplianceUserOverview",
    ...COUNTERS,
    conflictCount: 7,
  });
  expect(Object.keys(body as object)).not.toContain("notApplicablePlatformCount");
  expect((await client.call("GET", `${policy}/deviceStatusOverview`)).body).toMatchObject({ pendingCount: 0 });
});

test("without rows all counters are 0 and the date is that of asking; the version is the policy's", async () => {
  const before = Date.now();
  await client.call("PATCH", policy, { description: "changed" });
  const { body } = await client.call("GET", `${policy}/deviceStatusOverview`);
  expect(body).toMatchObject({ pendingCount: 0, successCount: 0, failedCount: 0, configurationVersion: 2 });
  const updatedMs = Date.parse(at(body, "lastUpdateDateTime") as string);
  expect(updatedMs).toBeGreaterThanOrEqual(before);
  expect(updatedMs).toBeLessThanOrEqual(Date.now());
});

test("configurations have the same two", async () => {
  const configurations = "/v1.0/deviceManagement/deviceConfigurations";
  const { body } = await client.call("POST", configurations, {
    "@odata.type": "#microsoft.graph.windows10CustomConfiguration",
    displayName: "c",
  });
  const configuration = `${configurations}/${at(body, "id") as string}`;
  await client.call("POST", `${configuration}/userStatuses`, { ...USER_STATUS, status: "conflict" });
  expect((await client.call("GET", `${configuration}/deviceStatusOverview`)).body).toMatchObject({
    "@odata.type": "#microsoft.graph.deviceConfigurationDeviceOverview",
    pendingCount: 0,
  });
  const users = await client.call("GET", `${configuration.replace("v1.0", "beta")}/userStatusOverview`);
  expect(users.body).toMatchObject({
    "@odata.type": "#microsoft.graph.deviceConfigurationUserOverview",
    conflictCount: 1,
  });
});

test("what is counted cannot be written; observed, in the service's words", async () => {
  const documented = await client.call("PATCH", `${policy}/deviceStatusOverview`, { pendingCount: 3 });
  expect([documented.status, documented.headers["allow"]]).toEqual([405, "GET"]);
  emulator.setProfile("observed");
  const observed = await client.call("PATCH", `${policy}/deviceStatusOverview`, { pendingCount: 3 });
  expect([observed.status, at(observed.body, "error", "code")]).toEqual([400, "No method match route template"]);
  const { status, body } = await client.call("GET", `${policy}/deviceStatusOverview`);
  expect([status, Object.keys(body as object).includes("@odata.type")]).toEqual([200, false]);
  expect(at(body, "lastUpdateDateTime")).toMatch(/\.\d{7}Z$/);
});

test("there is none of a policy that is not there", async () => {
  expect((await client.call("GET", `${POLICIES}/none/deviceStatusOverview`)).status).toBe(404);
});
