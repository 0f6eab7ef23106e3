import type { Json } from "../../unit/emulator/support/graphClient";
import { foreignMembersOf, membersOf } from "./entityTypes";
import type { Version } from "./facts";

interface Samples {
  readonly good: readonly Json[];
  readonly wrong: readonly Json[];
}

/** Edm primitive types: OData 4.0 CSDL section 4.4 and JSON section 7.1; DateTimeOffset as Microsoft's OpenAPI has it. */
const PRIMITIVES: Readonly<Record<string, Samples>> = {
  "Edm.String": { good: ["a text", "", "ÄÖ ✓ 'quoted'"], wrong: [7, true, ["a"], { a: "b" }] },
  "Edm.Boolean": { good: [true, false], wrong: ["true", 1, []] },
  "Edm.Int32": { good: [0, 1, -2147483648, 2147483647], wrong: ["7", 1.5, 2147483648, -2147483649, false] },
  "Edm.DateTimeOffset": {
    good: [
      "2026-01-02T03:04:05.6789012Z",
      "2016-12-31T23:56:44.951111-08:00",
      "0001-01-01T00:00:00Z",
      "9999-12-31T23:59:59.9999999Z",
    ],
    wrong: ["2026-01-02", "2026-01-02T03:04:05", "2020-02-30T00:00:00Z", "never", 0, true],
  },
  "Collection(Edm.String)": { good: [[], ["a", "b"]], wrong: ["a", [1], { a: "b" }] },
};

/**
 * Values of types that the schema fragments name and do not define, from the types' own pages in Microsoft's documentation
 * (resources/intune-deviceconfig-devicethreatprotectionlevel and its neighbours). Their wrong values are wrong for any enum,
 * or for any complex type.
 */
const NO_ENUM: readonly Json[] = [7, true, ["a"]];
const NO_OBJECT: readonly Json[] = [7, true, "a"];
const UNDEFINED_TYPES: Readonly<Record<string, Samples>> = {
  "graph.deviceThreatProtectionLevel": { good: ["unavailable", "secured", "low", "notSet"], wrong: NO_ENUM },
  "graph.androidRequiredPasswordType": { good: ["deviceDefault", "numericComplex"], wrong: NO_ENUM },
  "graph.androidRequiredPasswordComplexity": { good: ["none", "high"], wrong: NO_ENUM },
  "graph.androidDeviceOwnerRequiredPasswordType": { good: ["deviceDefault", "required"], wrong: NO_ENUM },
  "graph.androidSafetyNetEvaluationType": { good: ["basic", "hardwareBacked"], wrong: NO_ENUM },
  "graph.macOSGatekeeperAppSources": { good: ["notConfigured", "macAppStore"], wrong: NO_ENUM },
  "Collection(graph.appListItem)": {
    good: [
      [],
      [{ "@odata.type": "microsoft.graph.appListItem", name: "n", publisher: "p", appStoreUrl: "u", appId: "i" }],
    ],
    wrong: [7, "a", [1]],
  },
  "Collection(graph.operatingSystemVersionRange)": {
    good: [
      [],
      [
        {
          "@odata.type": "microsoft.graph.operatingSystemVersionRange",
          description: "d",
          lowestVersion: "10.0.1",
          highestVersion: "10.0.2",
        },
      ],
    ],
    wrong: [7, "a", [1]],
  },
  "graph.deviceCompliancePolicyScript": {
    good: [
      {
        "@odata.type": "microsoft.graph.deviceCompliancePolicyScript",
        deviceComplianceScriptId: "s",
        rulesContent: "cnVsZXM=",
      },
    ],
    wrong: NO_OBJECT,
  },
  "graph.deviceAndAppManagementAssignmentTarget": {
    good: [
      { "@odata.type": "#microsoft.graph.allDevicesAssignmentTarget" },
      { "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId: "00000000-0000-4000-8000-00000000000a" },
    ],
    wrong: NO_OBJECT,
  },
};

/** Good and wrong values of a property's type in a version; of an enum every member is good, and no spelling of one beside it. */
export function samplesOf(type: string, version: Version): Samples {
  const members = membersOf(type, version);
  if (members !== undefined) {
    const [first = ""] = members;
    const misspelt = [first.toUpperCase(), `${first} `, "", "noSuchMember"];
    return { good: members, wrong: [...misspelt, ...foreignMembersOf(type, version), 1] };
  }
  const samples = PRIMITIVES[type] ?? UNDEFINED_TYPES[type];
  if (samples === undefined) throw new Error(`there are no samples of ${type}`);
  return samples;
}

/** A good value, the last one, which is no default of its type. */
export function oneOf(type: string, version: Version): Json {
  return samplesOf(type, version).good.at(-1);
}
