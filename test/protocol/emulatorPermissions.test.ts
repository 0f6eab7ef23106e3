import { DEFAULT_APP, startEmulator } from "intune-emulator";
import type { Emulator } from "intune-emulator";
import { at, GraphClient, NEW_POLICY, requestToken } from "../unit/emulator/support/graphClient";

/** One application of each kind of permission, and the default one, which has both of the writing ones. */
const ROLES = [
  "DeviceManagementConfiguration.Read.All",
  "DeviceManagementConfiguration.ReadWrite.All",
  "DeviceManagementApps.Read.All",
  "DeviceManagementApps.ReadWrite.All",
];
const apps = ROLES.map((role, index) => ({ ...DEFAULT_APP, clientId: `app-${index}`, roles: [role] }));

let emulator: Emulator;
let client: GraphClient;
let tokens: string[];

beforeAll(async () => {
  emulator = await startEmulator({ apps: [DEFAULT_APP, ...apps] });
  client = await GraphClient.of(emulator);
  tokens = await Promise.all(apps.map((app) => requestToken({ ...emulator, app })));
});
afterAll(async () => {
  await client.close();
  await emulator.close();
});

const CONFIGURATION = { "@odata.type": "#microsoft.graph.iosMobileAppConfiguration", displayName: "c" };
test.each([
  ["deviceManagement/deviceCompliancePolicies", NEW_POLICY, [200, 200, 403, 403], [403, 201, 403, 403]],
  ["deviceManagement/iosUpdateStatuses", undefined, [200, 200, 403, 403], []],
  ["deviceAppManagement/mobileAppConfigurations", CONFIGURATION, [403, 403, 200, 200], [403, 403, 403, 201]],
  [
    "deviceAppManagement/iosLobAppProvisioningConfigurations",
    { displayName: "c" },
    [403, 403, 200, 200],
    [403, 403, 403, 201],
  ],
])("%s: who may read, who may write", async (path, body, reading, writing) => {
  const statuses = async (method: "GET" | "POST"): Promise<number[]> => {
    const answers = tokens.map((token) =>
      client.call(method, `/beta/${path}`, method === "GET" ? undefined : body, { authorization: `Bearer ${token}` }),
    );
    return (await Promise.all(answers)).map(({ status }) => status);
  };
  expect(await statuses("GET")).toEqual(reading);
  if (body !== undefined) {
    expect(await statuses("POST")).toEqual(writing);
    expect((await client.call("POST", `/beta/${path}`, body)).status).toBe(201);
  }
});

test("a refusal names the permissions of that part of the service", async () => {
  const { body } = await client.call("GET", "/v1.0/deviceAppManagement/mobileAppConfigurations", undefined, {
    authorization: `Bearer ${tokens[0] ?? ""}`,
  });
  expect(at(body, "error", "message")).toContain(
    "one of the following scopes: DeviceManagementApps.Read.All, DeviceManagementApps.ReadWrite.All - Operation ID",
  );
});
