import {
  COMPLIANCE_STATUSES,
  DEVICE_COMPLIANCE_DEVICE_STATUS_TYPE,
  deviceComplianceDeviceStatus,
} from "pulumi-intune/model";
import { membersOf, propertiesOf } from "./support/entityTypes";
import { operations } from "./support/facts";

const TYPE = "deviceComplianceDeviceStatus";
const { version } = deviceComplianceDeviceStatus;
const pages = operations.filter((operation) => operation.version === version);

test("the descriptor has the properties of the schema, with their types and nullability", () => {
  const described = deviceComplianceDeviceStatus.properties.map(({ name, edmType, nullable }) => [
    name,
    { type: edmType, nullable },
  ]);
  const facts = propertiesOf(TYPE, version).map(([name, { type, nullable }]) => [name, { type, nullable }]);
  expect(new Map(described as [string, unknown][])).toEqual(new Map(facts as [string, unknown][]));
  expect(described).toHaveLength(8);
});

test("the descriptor names its properties in the order of the pages' examples", () => {
  const body = pages.find(({ operation }) => operation === "create")?.request.body ?? {};
  const names = Object.keys(body).filter((name) => name !== "@odata.type");
  expect(deviceComplianceDeviceStatus.properties.map(({ name }) => name)).toEqual(names);
});

test("the type's name is that of the schema and of the examples", () => {
  expect(deviceComplianceDeviceStatus.odataType).toBe(`#microsoft.graph.${TYPE}`);
  const named = pages.flatMap(({ request }) => request.body?.["@odata.type"] ?? []);
  expect(named).toEqual([deviceComplianceDeviceStatus.odataType, deviceComplianceDeviceStatus.odataType]);
  expect(deviceComplianceDeviceStatus.resource.toLowerCase()).toBe(TYPE.toLowerCase());
  expect(DEVICE_COMPLIANCE_DEVICE_STATUS_TYPE).toContain(deviceComplianceDeviceStatus.resource);
});

test("complianceStatus has the members of the schema, in both versions", () => {
  for (const of of ["beta", "v1.0"] as const) {
    expect([...COMPLIANCE_STATUSES].sort()).toEqual([...(membersOf("graph.complianceStatus", of) ?? [])].sort());
  }
});

test("the entity set is the pages' path, and its parent's key their placeholder", () => {
  const { entitySet, parentKeys } = deviceComplianceDeviceStatus;
  const path = `/${entitySet.join("/")}`;
  const endpoints = pages.map(({ operation, endpoint }) => [operation, endpoint.path]);
  expect(endpoints).toEqual([
    ["create", path],
    ["get", `${path}/{deviceComplianceDeviceStatusId}`],
    ["list", path],
    ["update", `${path}/{deviceComplianceDeviceStatusId}`],
    ["delete", `${path}/{deviceComplianceDeviceStatusId}`],
  ]);
  expect(entitySet.filter((segment) => segment.startsWith("{"))).toEqual(parentKeys.map((key) => `{${key}}`));
});

test("the permissions are the pages' least privileged ones, for users and applications", () => {
  const { read, write } = deviceComplianceDeviceStatus.permissions;
  for (const { operation, permissions } of pages) {
    const expected = operation === "get" || operation === "list" ? read : write;
    expect([operation, permissions.application[0], permissions.delegated[0]]).toEqual([operation, expected, expected]);
  }
});
