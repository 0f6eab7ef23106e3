import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator } from "intune-emulator";
import type { Emulator, EmulatorOptions } from "intune-emulator";
import { at, GraphClient, POLICIES } from "../unit/emulator/support/graphClient";

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

async function clientOf(emulator: Emulator): Promise<GraphClient> {
  const client = await GraphClient.of(emulator);
  open.push(client);
  return client;
}

const SEED_POLICY = {
  "@odata.type": "#microsoft.graph.iosCompliancePolicy",
  displayName: "P",
  passcodeRequired: true,
  scheduledActionsForRule: [
    { ruleName: "PasswordRequired", scheduledActionConfigurations: [{ actionType: "block", gracePeriodHours: 0 }] },
  ],
};

const CSV = `\uFEFFpolicyDisplayName,deviceDisplayName,platform,status,complianceGracePeriodExpirationDateTime,userName
Windows,"PC ""one"", first",6,compliant,2026-03-02T00:00:00Z,Ann
iOS,phone,,nonCompliant,,

Windows,"two
lines",0,error,2026-03-02T00:00:00Z,Bob
`;

test("seed from CSV: policies are made by name, empty cells are defaults, quotes are read", async () => {
  const emulator = await start();
  await emulator.seed({ deviceCompliancePolicies: [{ ...SEED_POLICY, id: "ios", displayName: "iOS" }] });
  const client = await clientOf(emulator);
  const seeded = await client.call("POST", "/_emulator/seed", CSV, { "content-type": "text/csv; charset=utf-8" });
  expect([seeded.status, seeded.body]).toEqual([201, { deviceCompliancePolicies: 1, deviceStatuses: 3 }]);
  const windows = emulator.store.policies().find(({ displayName }) => displayName === "Windows");
  expect(windows?.["@odata.type"]).toBe("#microsoft.graph.windows10CompliancePolicy");
  const rows = emulator.store.deviceStatuses(windows?.id ?? "");
  expect(rows.map(({ deviceDisplayName, platform, userName }) => [deviceDisplayName, platform, userName])).toEqual([
    ['PC "one", first', 6, "Ann"],
    ["two\nlines", 0, "Bob"],
  ]);
  expect(emulator.store.deviceStatuses("ios")).toEqual([
    {
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      deviceDisplayName: "phone",
      deviceModel: null,
      userName: null,
      userPrincipalName: null,
      platform: 0,
      status: "nonCompliant",
      complianceGracePeriodExpirationDateTime: "0001-01-01T00:00:00Z",
      lastReportedDateTime: "0001-01-01T00:00:00Z",
    },
  ]);
  // What was seeded is served as what was created.
  const served = await client.call("GET", `${POLICIES}/ios?$expand=scheduledActionsForRule`);
  expect([served.status, at(served.body, "passcodeRequired")]).toEqual([200, true]);
});

test("seed from JSON: by id and by name, ids kept, a row that is there already is replaced", async () => {
  const emulator = await start();
  const seed = {
    deviceCompliancePolicies: [{ id: "p", displayName: "P" }],
    deviceStatuses: [
      { id: "1", deviceCompliancePolicyId: "p", status: "compliant" as const },
      { id: "2", policyDisplayName: "P", status: "error" as const },
      { id: "3", deviceCompliancePolicyId: "q", policyDisplayName: "Q" },
    ],
  };
  expect(await emulator.seed(seed)).toEqual({ deviceCompliancePolicies: 2, deviceStatuses: 3 });
  expect(
    await emulator.seed({ deviceStatuses: [{ id: "1", deviceCompliancePolicyId: "p", status: "conflict" }] }),
  ).toEqual({
    deviceCompliancePolicies: 0,
    deviceStatuses: 1,
  });
  expect(emulator.store.deviceStatuses("p").map(({ id, status }) => [id, status])).toEqual([
    ["1", "conflict"],
    ["2", "error"],
  ]);
  expect(emulator.store.policies().map(({ id, displayName }) => [id, displayName])).toEqual([
    ["p", "P"],
    ["q", "Q"],
  ]);
});

test.each<[unknown, string]>([
  [
    "policyDisplayName,status\nP,compliant\nP,Compliant\nP,error\n,error\n",
    "nothing was written, correct these rows: line 3: property 'status' must be one of unknown, notApplicable, compliant, remediated, nonCompliant, error, conflict, notAssigned (complianceStatus, case-sensitive); line 5: needs deviceCompliancePolicyId or policyDisplayName",
  ],
  ["policyDisplayName,platform\nP,six\n", "line 2: property 'platform' must be a whole number"],
  ["policyDisplayName,id\nP,1\nP,1\n", "line 3: there is a row with id '1' before it"],
  ["deviceCompliancePolicyId\nnone\n", 'line 2: there is no policy "none"'],
  [
    "policyDisplayName,colour\nP,red\n",
    "line 1 must name columns, any of deviceCompliancePolicyId, policyDisplayName, id,",
  ],
  ["status,status\n", "line 1 names the column 'status' twice"],
  ["policyDisplayName,status\nP\n", "line 2 has 1 cells and line 1 has 2"],
  ['policyDisplayName\n"P\n', "the CSV cannot be read: "],
  ["", "line 1 must name columns"],
  [[], "a seed must be an object"],
  [{ rows: [] }, "a seed has no property 'rows'; it has deviceCompliancePolicies, deviceStatuses"],
  [{ deviceStatuses: {} }, "deviceStatuses must be an array"],
  [{ deviceStatuses: [1] }, "deviceStatuses[0] must be an object"],
  [
    { deviceCompliancePolicies: [{ displayName: "P" }, {}, { displayName: 1 }] },
    "deviceCompliancePolicies[1]: Property 'displayName' of a compliance policy is required and is missing.; deviceCompliancePolicies[2]: Property 'displayName' of",
  ],
  [
    { deviceCompliancePolicies: [{ displayName: "P", scheduledActionsForRule: [] }] },
    "Compliance policy must have one and only one block scheduled action",
  ],
  [{ deviceStatuses: [{ policyDisplayName: "P", user: "x" }] }, "property 'user' does not exist"],
])("a seed of %j writes nothing: %s", async (seed, text) => {
  const emulator = await start();
  const client = await clientOf(emulator);
  const headers = { "content-type": typeof seed === "string" ? "text/csv" : "application/json" };
  const refused = await client.call("POST", "/_emulator/seed", seed, headers);
  expect([refused.status, at(refused.body, "error", "message")]).toEqual([400, expect.stringContaining(text)]);
  await expect(emulator.seed(seed as string)).rejects.toThrow(text);
  expect(emulator.store.policies()).toEqual([]);
});

test("many faulty rows are counted, the first twenty named", async () => {
  const emulator = await start();
  const rows = Array.from({ length: 25 }, () => ({ policyDisplayName: "P", status: "no" }));
  const refusal = emulator.seed({ deviceStatuses: rows } as never);
  await expect(refusal).rejects.toThrow(/deviceStatuses\[19\].*; and 5 more$/);
  await expect(refusal).rejects.not.toThrow("deviceStatuses[20]");
});

test("another content type is refused", async () => {
  const client = await clientOf(await start());
  const refused = await client.call("POST", "/_emulator/seed", "x", { "content-type": "text/plain" });
  expect([refused.status, at(refused.body, "error", "code")]).toEqual([415, "UnsupportedMediaType"]);
});

test("seed data at start: into a tenant that holds nothing, once", async () => {
  const file = join(folder, "seed.csv");
  const data = join(folder, "data");
  writeFileSync(file, CSV);
  const first = await start({ seedData: file, data });
  expect(first.store.policies().map(({ displayName }) => displayName)).toEqual(["Windows", "iOS"]);
  await first.store.deleteDeviceStatus(
    first.store.policies()[0]?.id ?? "",
    first.store.deviceStatuses(first.store.policies()[0]?.id ?? "")[0]?.id ?? "",
  );
  const before = first.snapshot();
  await first.close();
  expect((await start({ seedData: file, data })).snapshot()).toEqual(before);
});

test.each([
  ["seed.txt", "", "its name must end in .json or .csv"],
  ["seed.json", "{", "it is not valid JSON"],
  ["seed.json", '{"deviceStatuses":[{"policyDisplayName":"P","status":"no"}]}', "deviceStatuses[0]: property 'status'"],
  ["none.csv", undefined, "ENOENT"],
])("seed data %s of %j is refused", async (name, text, reason) => {
  const file = join(folder, name);
  if (text !== undefined) writeFileSync(file, text);
  const refusal = startEmulator({ seedData: file });
  await expect(refusal).rejects.toThrow(`seed ${file} cannot be used: `);
  await expect(refusal).rejects.toThrow(reason);
});
