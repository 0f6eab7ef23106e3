import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEFAULT_APP, startEmulator } from "intune-emulator";
import type { Emulator, EmulatorOptions, Snapshot } from "intune-emulator";
import { at, createPolicy, GraphClient, POLICIES, statusOf } from "../unit/emulator/support/graphClient";
import type { Json } from "../unit/emulator/support/graphClient";

const OTHER = { ...DEFAULT_APP, tenantId: "e0000000-0000-4000-8000-0000000000ff" };
let folder: string;
const open: (Emulator | GraphClient)[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "intune-emulator-"));
});
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
  rmSync(folder, { recursive: true });
});

async function start(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await startEmulator(options);
  open.push(emulator);
  return emulator;
}

async function clientOf(emulator: Emulator, app = emulator.app): Promise<GraphClient> {
  const client = await GraphClient.of({ ...emulator, app });
  open.push(client);
  return client;
}

const policyNames = async (client: GraphClient): Promise<Json[]> =>
  (at((await client.call("GET", POLICIES)).body, "value") as Json[]).map((one) => at(one, "displayName"));

test("tenants see only their own, in memory and on disk, also after a restart", async () => {
  for (const data of [undefined, folder]) {
    const options = { apps: [DEFAULT_APP, OTHER], ...(data === undefined ? {} : { data }) };
    const emulator = await start(options);
    for (const [app, displayName] of [
      [DEFAULT_APP, "first"],
      [OTHER, "other"],
    ] as const) {
      await (await clientOf(emulator, app)).call("POST", POLICIES, { ...SEED_POLICY, displayName });
    }
    const check = async (one: Emulator): Promise<void> => {
      expect(await policyNames(await clientOf(one))).toEqual(["first"]);
      expect(await policyNames(await clientOf(one, OTHER))).toEqual(["other"]);
      expect(one.store.policies().map(({ displayName }) => displayName)).toEqual(["first"]);
      expect(one.tenant(OTHER.tenantId.toUpperCase()).store.policies()[0]?.displayName).toBe("other");
    };
    await check(emulator);
    if (data === undefined) continue;
    await emulator.close();
    await check(await start(options));
  }
});

const SEED_POLICY = {
  "@odata.type": "#microsoft.graph.iosCompliancePolicy",
  displayName: "P",
  passcodeRequired: true,
  scheduledActionsForRule: [
    { ruleName: "PasswordRequired", scheduledActionConfigurations: [{ actionType: "block", gracePeriodHours: 0 }] },
  ],
};

test("a snapshot restored gives the same answers under the same ids; what came since is gone; reset empties", async () => {
  const emulator = await start({ data: folder });
  const client = await clientOf(emulator);
  const statuses = `${POLICIES}/${await createPolicy(client)}/deviceStatuses`;
  for (const name of ["a", "b"]) await client.call("POST", statuses, statusOf(name));
  const before = [await client.call("GET", POLICIES), await client.call("GET", statuses)].map(({ body }) => body);
  const snapshot = emulator.snapshot();
  await client.call("POST", statuses, statusOf("c"));
  await createPolicy(client);
  await client.call("DELETE", `${statuses}/${at(before[1], "value", 0, "id") as string}`);
  await emulator.restore(snapshot);
  const after = async (one: GraphClient): Promise<Json[]> =>
    [await one.call("GET", POLICIES), await one.call("GET", statuses)].map(({ body }) => body);
  expect(await after(client)).toEqual(before);
  await emulator.close();
  const again = await start({ data: folder, port: emulator.port });
  expect(await after(await clientOf(again))).toEqual(before);
  await again.reset();
  expect(again.snapshot()).toEqual({ formatVersion: 1, tenantId: DEFAULT_APP.tenantId, collections: {} });
  await again.close();
  const empty = await start({ data: folder });
  expect(empty.store.policies()).toEqual([]);
});

test("a snapshot is a copy", async () => {
  const emulator = await start();
  await emulator.seed({ deviceCompliancePolicies: [{ id: "p", displayName: "P" }] });
  const snapshot = emulator.snapshot();
  Object.assign(snapshot.collections["deviceCompliancePolicies"]?.[0] ?? {}, { displayName: "changed" });
  expect(emulator.store.policies()[0]?.displayName).toBe("P");
});

test("the snapshot route gives, restores and empties, for any tenant", async () => {
  const emulator = await start({ apps: [DEFAULT_APP, OTHER] });
  const client = await clientOf(emulator);
  await createPolicy(client);
  const { status, body } = await client.call("GET", "/_emulator/snapshot");
  expect([status, body]).toEqual([200, JSON.parse(JSON.stringify(emulator.snapshot()))]);
  const ofOther = `/_emulator/snapshot?tenantId=${OTHER.tenantId}`;
  expect((await client.call("PUT", ofOther, body)).status).toBe(204);
  expect(emulator.tenant(OTHER.tenantId).store.policies()).toEqual(emulator.store.policies());
  expect((await client.call("DELETE", "/_emulator/snapshot")).status).toBe(204);
  expect([emulator.store.policies(), emulator.tenant(OTHER.tenantId).store.policies()]).toEqual([
    [],
    [expect.anything()],
  ]);
  const unknown = await client.call("GET", "/_emulator/snapshot?tenantId=nobody");
  expect([unknown.status, at(unknown.body, "error", "code")]).toEqual([404, "UnknownTenant"]);
});

const WHOLE = { ...statusOf("d"), userName: null, deviceModel: null, userPrincipalName: null, id: "s" };
const snapshotOf = (collections: unknown): unknown => ({ formatVersion: 1, tenantId: "t", collections });
const POLICY = { id: "p", "@odata.type": "#microsoft.graph.iosCompliancePolicy", displayName: "P" };

test.each<[unknown, string]>([
  [[], "a snapshot must be an object with formatVersion, tenantId and collections"],
  [{ formatVersion: 2, tenantId: "t", collections: {} }, "formatVersion must be 1"],
  [snapshotOf({ "a//b": [] }), "'a//b' is not the path of a collection"],
  [snapshotOf({ "a/b": [] }), "'a/b' is not the path of a collection"],
  [snapshotOf({ iosUpdateStatuses: {} }), "collections['iosUpdateStatuses'] must be an array"],
  [snapshotOf({ a: [] }), "collections: 'a' is not the path of a collection"],
  [
    snapshotOf({ "deviceCompliancePolicies/p/assignments": [] }),
    "'deviceCompliancePolicies/p/assignments' is not the path of a collection",
  ],
  [snapshotOf({ iosUpdateStatuses: [{}] }), "collections['iosUpdateStatuses'][0] must be an object with an 'id'"],
  [
    snapshotOf({ iosUpdateStatuses: [{ id: "x/y" }] }),
    "collections['iosUpdateStatuses'][0]: property 'id' must not be empty or contain '/'",
  ],
  [
    snapshotOf({ deviceCompliancePolicies: [POLICY, POLICY] }),
    "collections['deviceCompliancePolicies'][1]: there is an entity with id 'p' before it",
  ],
  [
    snapshotOf({ deviceCompliancePolicies: [{ id: "p" }] }),
    "property '@odata.type' must name a concrete deviceCompliancePolicy, such as #microsoft.graph.androidCompliancePolicy",
  ],
  [
    snapshotOf({ deviceConfigurations: [{ id: "c", "@odata.type": "x" }] }),
    "property '@odata.type' must name a concrete deviceConfiguration",
  ],
  [
    snapshotOf({ deviceCompliancePolicies: [{ id: "p", "@odata.type": POLICY["@odata.type"] }] }),
    "property 'displayName' is missing",
  ],
  [
    snapshotOf({ deviceCompliancePolicies: [{ ...POLICY, displayName: 7 }] }),
    "property 'displayName' must be a string",
  ],
  [
    snapshotOf({ deviceCompliancePolicies: [{ ...POLICY, passcodeRequired: "yes" }] }),
    "property 'passcodeRequired' must be true or false",
  ],
  [
    snapshotOf({ deviceCompliancePolicies: [{ ...POLICY, colour: "red" }] }),
    "property 'colour' does not exist on iosCompliancePolicy",
  ],
  [
    snapshotOf({ deviceCompliancePolicies: [{ ...POLICY, assignments: {} }] }),
    "property 'assignments' must be an array of entities",
  ],
  [
    snapshotOf({ deviceCompliancePolicies: [{ ...POLICY, assignments: [{}] }] }),
    "property 'assignments' must hold objects with an 'id', a string, but [0] is none",
  ],
  [
    snapshotOf({ deviceCompliancePolicies: [{ ...POLICY, assignments: [{ id: "a", target: 7 }] }] }),
    "property 'assignments' must hold entities of deviceCompliancePolicyAssignment, but of [0] property 'target'",
  ],
  [
    snapshotOf({ iosUpdateStatuses: [{ id: "u", installStatus: "sleeping" }] }),
    "property 'installStatus' must be one of",
  ],
  [snapshotOf({ iosUpdateStatuses: [{ id: "u" }] }), "collections['iosUpdateStatuses'][0]: property '"],
  [
    snapshotOf({ deviceCompliancePolicies: [POLICY], "deviceCompliancePolicies/q/deviceStatuses": [WHOLE] }),
    "there is no entity 'q' in 'deviceCompliancePolicies' that contains it",
  ],
  [
    snapshotOf({
      deviceCompliancePolicies: [POLICY],
      "deviceCompliancePolicies/p/deviceStatuses": [{ ...WHOLE, status: "fine" }],
    }),
    "property 'status' must be one of unknown,",
  ],
])("%j is no snapshot: %s", async (value, text) => {
  const emulator = await start();
  const client = await clientOf(emulator);
  await createPolicy(client);
  const before = emulator.snapshot();
  const refused = await client.call("PUT", "/_emulator/snapshot", value);
  expect([refused.status, at(refused.body, "error", "message")]).toEqual([400, expect.stringContaining(text)]);
  await expect(emulator.restore(value as Snapshot)).rejects.toThrow(text);
  expect(emulator.snapshot()).toEqual(before);
});
