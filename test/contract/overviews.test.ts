import { at } from "../unit/emulator/support/graphClient";
import type { JsonMap } from "../unit/emulator/support/graphClient";
import { Contract, smallestOf } from "./support/contract";
import { membersOf, propertiesOf } from "./support/entityTypes";
import { routes } from "./support/facts";

/** The type of a status overview; of the two containers only the compliance policy is a type of the facts. */
const TYPES: Readonly<Record<string, { typeName: string; statuses: string; statusType: string }>> = {
  "/deviceManagement/deviceCompliancePolicies/{deviceCompliancePolicy-id}/deviceStatusOverview": {
    typeName: "deviceComplianceDeviceOverview",
    statuses: "deviceStatuses",
    statusType: "deviceComplianceDeviceStatus",
  },
  "/deviceManagement/deviceCompliancePolicies/{deviceCompliancePolicy-id}/userStatusOverview": {
    typeName: "deviceComplianceUserOverview",
    statuses: "userStatuses",
    statusType: "deviceComplianceUserStatus",
  },
  "/deviceManagement/deviceConfigurations/{deviceConfiguration-id}/deviceStatusOverview": {
    typeName: "deviceConfigurationDeviceOverview",
    statuses: "deviceStatuses",
    statusType: "deviceConfigurationDeviceStatus",
  },
  "/deviceManagement/deviceConfigurations/{deviceConfiguration-id}/userStatusOverview": {
    typeName: "deviceConfigurationUserOverview",
    statuses: "userStatuses",
    statusType: "deviceConfigurationUserStatus",
  },
};
const overviews = routes.filter(({ path }) => path.endsWith("StatusOverview"));
const cases = overviews.flatMap(({ path, versions }) => versions.map((version) => ({ path, version })));

let contract: Contract;
beforeEach(async () => {
  contract = await Contract.start();
});
afterEach(() => contract.stop());

test("the facts name four overviews, each in both versions", () => {
  expect(overviews.map(({ path }) => path).sort()).toEqual(Object.keys(TYPES).sort());
  expect(cases).toHaveLength(8);
});

describe.each(cases)("$version $path", ({ path, version }) => {
  const { typeName = "", statuses = "", statusType = "" } = TYPES[path] ?? {};
  const properties = propertiesOf(typeName, version);

  test("it has the properties of the schema and no other, each of its type", async () => {
    const { status, body } = await contract.client.call("GET", await contract.pathOf(version, path));
    expect(status).toBe(200);
    const names = Object.keys(body as object).filter((name) => !name.startsWith("@"));
    expect(names.sort()).toEqual(["id", ...properties.map(([name]) => name)].sort());
    for (const [name, { type }] of properties) {
      const value = at(body, name);
      if (type === "Edm.Int32") expect([name, Number.isInteger(value)]).toEqual([name, true]);
      else expect([name, value]).toEqual([name, expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/)]);
    }
    expect(properties.map(([, { type }]) => type).filter((type) => type === "Edm.DateTimeOffset")).toHaveLength(1);
  });

  test("it counts the rows: none at first, then each of them once", async () => {
    const overview = await contract.pathOf(version, path);
    const counts = async (): Promise<JsonMap> => {
      const { body } = await contract.client.call("GET", overview);
      return Object.fromEntries(Object.entries(body as JsonMap).filter(([name]) => name.endsWith("Count")));
    };
    const total = (of: JsonMap): number => Object.values(of).reduce<number>((sum, value) => sum + Number(value), 0);
    expect(total(await counts())).toBe(0);
    const rows = overview.replace(/\w+$/, statuses);
    for (const status of membersOf("graph.complianceStatus", version) ?? []) {
      const before = await counts();
      const { status: answered } = await contract.client.call("POST", rows, {
        ...smallestOf(statusType, version),
        status,
        ...(statuses === "userStatuses" ? { devicesCount: 1 } : {}),
      });
      expect([status, answered]).toEqual([status, 201]);
      const after = await counts();
      const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
      expect([status, total(after) - total(before)]).toEqual([status, changed.length]);
      const [namesake] = Object.keys(after).filter((name) => name === `${status}Count`);
      if (namesake !== undefined) expect([status, changed]).toEqual([status, [namesake]]);
      // v1.0 has no counter for what beta calls a conflict.
      else if (version === "v1.0" && status === "conflict") expect(changed).toEqual([]);
      else expect([status, changed.length]).toEqual([status, 1]);
    }
  });
});
