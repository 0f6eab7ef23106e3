import { startEmulator } from "intune-emulator";
import type { Emulator } from "intune-emulator";
import { at, GraphClient } from "../unit/emulator/support/graphClient";
import type { Json } from "../unit/emulator/support/graphClient";

let emulator: Emulator;
let client: GraphClient;

beforeAll(async () => {
  emulator = await startEmulator();
  client = await GraphClient.of(emulator);
});
afterAll(async () => {
  await client.close();
  await emulator.close();
});

const CUSTOM = {
  "@odata.type": "#microsoft.graph.windows10CustomConfiguration",
  displayName: "Custom",
  omaSettings: [{ "@odata.type": "#microsoft.graph.omaSettingInteger", omaUri: "./Vendor", value: 1 }],
};
const APP = {
  "@odata.type": "#microsoft.graph.iosMobileAppConfiguration",
  displayName: "App",
  targetedMobileApps: ["a"],
  encodedSettingXml: "e30=",
};

test.each([
  ["beta", "deviceManagement/deviceConfigurations", CUSTOM],
  ["v1.0", "deviceManagement/deviceConfigurations", CUSTOM],
  ["beta", "deviceAppManagement/mobileAppConfigurations", APP],
  ["v1.0", "deviceAppManagement/mobileAppConfigurations", APP],
  ["beta", "deviceAppManagement/iosLobAppProvisioningConfigurations", { displayName: "Lob", payload: "e30=" }],
])("%s/%s: created, listed, changed and deleted, in both profiles", async (version, path, body) => {
  for (const profile of ["documented", "observed"] as const) {
    emulator.setProfile(profile);
    const created = await client.call("POST", `/${version}/${path}`, body);
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ ...body, description: null, version: 1 });
    const entity = `/${version}/${path}/${at(created.body, "id") as string}`;
    expect((await client.call("GET", entity)).body).toEqual(created.body);
    expect(at((await client.call("GET", `/${version}/${path}`)).body, "value")).toEqual([created.body]);
    const updated = await client.call("PATCH", entity, { displayName: "renamed" });
    expect([updated.status, at(updated.body, "displayName"), at(updated.body, "version")]).toEqual([200, "renamed", 2]);
    expect((await client.call("DELETE", entity)).status).toBe(204);
    expect((await client.call("GET", entity)).status).toBe(404);
  }
  emulator.setProfile("documented");
});

const messageOf = (body: Json): string => at(body, "error", "message") as string;
test.each<[string, string, Record<string, unknown>, string]>([
  ["deviceManagement/deviceConfigurations", "without type", { displayName: "x" }, "must name a concrete"],
  [
    "deviceManagement/deviceConfigurations",
    "of the abstract type",
    { ...CUSTOM, "@odata.type": "#microsoft.graph.deviceConfiguration" },
    "must name a concrete deviceConfiguration of beta",
  ],
  ["deviceManagement/deviceConfigurations", "without name", { ...CUSTOM, displayName: undefined }, "'displayName'"],
  ["deviceManagement/deviceConfigurations", "with an id", { ...CUSTOM, id: "x" }, "'id'"],
  [
    "deviceManagement/deviceConfigurations",
    "with a name that is none",
    { ...CUSTOM, "a b": 1 },
    "'a b' does not exist",
  ],
  [
    "deviceAppManagement/mobileAppConfigurations",
    "with apps that are no texts",
    { ...APP, targetedMobileApps: [1] },
    "'targetedMobileApps'",
  ],
  [
    "deviceAppManagement/iosLobAppProvisioningConfigurations",
    "with more than it has",
    { displayName: "x", omaSettings: [] },
    "'omaSettings' does not exist",
  ],
])("%s %s: 400", async (path, _, body, text) => {
  const answer = await client.call("POST", `/beta/${path}`, body);
  expect(answer.status).toBe(400);
  expect(messageOf(answer.body)).toContain(text);
});
