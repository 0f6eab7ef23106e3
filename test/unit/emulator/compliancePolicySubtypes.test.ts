import table from "../../../emulator/src/model/compliancePolicyTypes.json";
import { deviceCompliancePolicy } from "../../../emulator/src/model/deviceCompliancePolicy";
import { isInVersion, VERSIONS } from "../../../emulator/src/model/entityType";
import type { Property, Version } from "../../../emulator/src/model/entityType";
import { misfit } from "../../../emulator/src/model/misfit";

const subtypes = Object.values(deviceCompliancePolicy.subtypes ?? {});
const ownOf = (name: string): [string, Property][] =>
  Object.entries(deviceCompliancePolicy.subtypes?.[name]?.properties ?? {}).filter(
    ([property]) => !Object.hasOwn(deviceCompliancePolicy.properties, property),
  );

test("twelve subtypes, eight of them in v1.0", () => {
  const namesIn = (version: Version): string[] =>
    subtypes.filter((type) => isInVersion(type, version)).map(({ name }) => name);
  expect(namesIn("beta")).toHaveLength(12);
  expect(namesIn("v1.0")).toEqual([
    "androidCompliancePolicy",
    "androidWorkProfileCompliancePolicy",
    "iosCompliancePolicy",
    "macOSCompliancePolicy",
    "windows10CompliancePolicy",
    "windows10MobileCompliancePolicy",
    "windows81CompliancePolicy",
    "windowsPhone81CompliancePolicy",
  ]);
});

/** Counted in the CSDL by hand (grep -c of Property elements), beta and v1.0. */
test.each([
  ["androidCompliancePolicy", 27, 21],
  ["windows10CompliancePolicy", 32, 19],
  ["iosCompliancePolicy", 19, 14],
  ["macOSCompliancePolicy", 21, 17],
  ["defaultDeviceCompliancePolicy", 0, 0],
])("%s has %i settings in beta and %i in v1.0", (name, beta, v1) => {
  const fromCsdl = ownOf(name).filter(([, property]) => property.isOnlyGivenBackWhenSent !== true);
  const counts = VERSIONS.map((version) => fromCsdl.filter(([, { versions }]) => versions.includes(version)).length);
  expect(counts).toEqual([beta, v1]);
});

test("what a setting holds that nobody gave fits it", () => {
  const unfit = subtypes.flatMap(({ name }) =>
    ownOf(name).flatMap(([property, read]) =>
      misfit(read, read.default) === undefined ? [] : [`${name}.${property}`],
    ),
  );
  expect(unfit).toEqual([]);
});

test("the table names its sources, with commit and date", () => {
  const sources = Object.values(table.sources).flat();
  expect(sources).toHaveLength(3);
  for (const source of sources)
    expect(source).toMatch(/^microsoftgraph\/msgraph-metadata \S+ @ [0-9a-f]{8} \(\d{4}-\d\d-\d\d\)$/);
});
