import { deviceComplianceDeviceStatus } from "../../../emulator/src/model/deviceComplianceDeviceStatus";
import { findProperty } from "../../../emulator/src/model/entityType";

/** microsoftgraph/msgraph-metadata (MIT) beta_metadata.xml @ 496c7d38: EntityType deviceComplianceDeviceStatus, verbatim. */
const BETA_CSDL = `
        <Property Name="complianceGracePeriodExpirationDateTime" Type="Edm.DateTimeOffset" Nullable="false" />
        <Property Name="deviceDisplayName" Type="Edm.String" />
        <Property Name="deviceModel" Type="Edm.String" />
        <Property Name="lastReportedDateTime" Type="Edm.DateTimeOffset" Nullable="false" />
        <Property Name="platform" Type="Edm.Int32" Nullable="false" />
        <Property Name="status" Type="graph.complianceStatus" Nullable="false" />
        <Property Name="userName" Type="Edm.String" />
        <Property Name="userPrincipalName" Type="Edm.String" />`;
/** The same file: EnumType complianceStatus. */
const MEMBERS = [
  "unknown",
  "notApplicable",
  "compliant",
  "remediated",
  "nonCompliant",
  "error",
  "conflict",
  "notAssigned",
];

test("the entity type is the CSDL's, property by property", () => {
  const csdl = [...BETA_CSDL.matchAll(/Name="(\w+)" Type="([\w.]+)"( Nullable="false")?/g)].map(
    ([, name, type, notNullable]) => [name, type, notNullable === undefined],
  );
  const ours = Object.entries(deviceComplianceDeviceStatus.properties)
    .map(([name, { type, nullable }]) => [
      name,
      typeof type === "object" && "enum" in type ? `graph.${type.enum}` : type,
      nullable,
    ])
    .sort();
  expect(ours).toEqual(csdl);
});

test("complianceStatus has the CSDL's members", () => {
  expect(deviceComplianceDeviceStatus.properties["status"]?.type).toEqual({
    enum: "complianceStatus",
    members: MEMBERS,
  });
});

test("platform is the one property that v1.0 lacks", () => {
  const names = Object.keys(deviceComplianceDeviceStatus.properties);
  expect(names.filter((name) => findProperty(deviceComplianceDeviceStatus, name, "v1.0") === undefined)).toEqual([
    "platform",
  ]);
});
