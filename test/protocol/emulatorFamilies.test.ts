import { startEmulator } from "intune-emulator";
import type { Emulator } from "intune-emulator";
import { FAMILIES } from "../unit/emulator/support/families";
import type { Family } from "../unit/emulator/support/families";
import { at, GraphClient } from "../unit/emulator/support/graphClient";

let emulator: Emulator;
let client: GraphClient;

beforeAll(async () => {
  emulator = await startEmulator({ pageSize: 2 });
  client = await GraphClient.of(emulator);
});
afterAll(async () => {
  await client.close();
  await emulator.close();
});
afterEach(() => {
  emulator.setProfile("documented");
});

type Version = "beta" | "v1.0";
const CASES = FAMILIES.flatMap((family) => {
  const versions: Version[] = family.isBetaOnly === true ? ["beta"] : ["beta", "v1.0"];
  return versions.map((version) => [version, family.parents ?? "", family.rows, family] as const);
});

/** The collection's address, below a new parent where it has one; the canonical spelling of it. */
async function collectionOf(version: Version, { parents, parent, rows }: Family): Promise<[string, string]> {
  if (parents === undefined) return [`/${version}/${rows}`, rows];
  const { status, body } = await client.call("POST", `/${version}/${parents}`, parent);
  expect(status).toBe(201);
  const id = at(body, "id") as string;
  return [`/${version}/${parents}/${id}/${rows}`, `${parents}('${id}')/${rows}`];
}

const rowOf = (version: Version, { row, betaOnlyProperties }: Family): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).filter(([name]) => version === "beta" || !betaOnlyProperties.includes(name)));

test.each(CASES)("%s %s … %s: created, counted, listed, read, changed and deleted", async (version, _, __, family) => {
  const [path, canonical] = await collectionOf(version, family);
  const row = rowOf(version, family);
  const before = Number((await client.call("GET", `${path}/$count`)).body);
  const created = await client.call("POST", path, { "@odata.type": `#microsoft.graph.${family.type}`, ...row });
  const id = at(created.body, "id") as string;
  const expected = { "@odata.type": `#microsoft.graph.${family.type}`, id, ...row };
  expect([created.status, created.body]).toEqual([201, expected]);
  expect(created.headers["location"]).toBe(`${emulator.graphEndpoint}/${version}/${canonical}('${id}')`);

  const counted = await client.call("GET", `${path}/$count`);
  expect([counted.status, counted.headers["content-type"], counted.body]).toEqual([200, "text/plain", before + 1]);
  const { body: list } = await client.call("GET", `${path}?$top=1000`);
  expect([at(list, "@odata.context"), at(list, "@odata.count")]).toEqual([
    `${emulator.graphEndpoint}/${version}/$metadata#${canonical}`,
    before + 1,
  ]);
  expect(at(list, "value", before)).toEqual(expected);
  expect((await client.call("GET", `/${version}/${canonical}('${id}')`)).body).toEqual(expected);

  const property = "settingName" in row ? "settingName" : "userPrincipalName";
  const updated = await client.call("PATCH", `${path}/${id}`, { [property]: null });
  expect([updated.status, updated.body]).toEqual([200, { ...expected, [property]: null }]);
  expect((await client.call("GET", `${path}/${id}`)).body).toEqual(updated.body);

  expect((await client.call("DELETE", `${path}/${id}`)).status).toBe(204);
  expect((await client.call("GET", `${path}/${id}`)).status).toBe(404);
  expect((await client.call("DELETE", `${path}/${id}`)).status).toBe(404);
  expect((await client.call("GET", `${path}/$count`)).body).toBe(before);
});

test.each(CASES.filter(([, , , { betaOnlyProperties }]) => betaOnlyProperties.length > 0))(
  "%s %s … %s: a property of beta alone is one there and none in v1.0",
  async (version, _, __, family) => {
    const [path] = await collectionOf(version, family);
    const { status, body } = await client.call("POST", path, family.row);
    expect(status).toBe(version === "beta" ? 201 : 400);
    if (version === "v1.0") {
      expect(at(body, "error", "message")).toContain(
        `Property '${family.betaOnlyProperties[0] ?? ""}' does not exist on type microsoft.graph.${family.type} in v1.0.`,
      );
    }
  },
);

test.each(CASES)("%s %s … %s: a body outside the type is refused by name", async (version, _, __, family) => {
  const [path] = await collectionOf(version, family);
  const row = rowOf(version, family);
  const [first = ""] = Object.keys(row);
  const bodies = [
    { ...row, noSuchProperty: 1 },
    { ...row, [first]: [] },
    { ...row, "@odata.type": "#microsoft.graph.user" },
    Object.fromEntries(Object.entries(row).filter(([name]) => !["status", "state", "errorDeviceCount"].includes(name))),
  ];
  for (const body of bodies) {
    const answer = await client.call("POST", path, body);
    expect([answer.status, at(answer.body, "error", "code")]).toEqual([400, "BadRequest"]);
  }
});

test.each(CASES.filter(([, parents]) => parents !== ""))(
  "%s %s … %s: rows go with their parent, and none come without one",
  async (version, _, __, family) => {
    const [path] = await collectionOf(version, family);
    await client.call("POST", path, rowOf(version, family));
    const parentPath = path.slice(0, path.lastIndexOf("/"));
    expect((await client.call("DELETE", parentPath)).status).toBe(204);
    expect((await client.call("GET", path)).status).toBe(404);
    expect((await client.call("POST", path, rowOf(version, family))).status).toBe(404);
  },
);

test.each(CASES)("%s %s … %s: observed, the list alone is served", async (version, _, __, family) => {
  const [path, canonical] = await collectionOf(version, family);
  const { body } = await client.call("POST", path, rowOf(version, family));
  emulator.setProfile("observed");
  const { body: list } = await client.call("GET", `${path}?$top=1000`);
  expect(JSON.stringify(list)).toContain(at(body, "id") as string);
  expect(JSON.stringify(list)).not.toContain("@odata.type");
  for (const [method, tail] of [
    ["POST", ""],
    ["GET", "/x"],
    ["PATCH", "/x"],
    ["DELETE", "/x"],
    ["GET", "/$count"],
  ] as const) {
    const refused = await client.call(method, `${path}${tail}`, method === "GET" ? undefined : {});
    expect([refused.status, at(refused.body, "error", "code")]).toEqual([400, "No method match route template"]);
    expect(at(refused.body, "error", "message")).toContain(`${canonical}${tail === "/x" ? "('x')" : tail}.`);
  }
});

test("iosLobAppProvisioningConfigurations is unknown in v1.0", async () => {
  const { status, body } = await client.call("GET", "/v1.0/deviceAppManagement/iosLobAppProvisioningConfigurations");
  expect([status, at(body, "error", "code")]).toEqual([404, "UnknownRoute"]);
});
