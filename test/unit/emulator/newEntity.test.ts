import { assignmentId, newEntity } from "../../../emulator/src/graph/newEntity";
import { POLICIES } from "../../../emulator/src/model/collections";
import type { Entity, Version } from "../../../emulator/src/model/entityType";
import type { JsonObject, JsonValue } from "../../../emulator/src/model/json";
import { NEW_POLICY } from "./support/graphClient";

const NOW = "2026-01-02T03:04:05.678Z";
const readNewPolicy = (version: Version, body: JsonObject, now: string): Entity =>
  newEntity(POLICIES, version, body, { now: () => now });
const block = { actionType: "block", gracePeriodHours: 0, notificationTemplateId: "", notificationMessageCCList: [] };
const rules = (...actions: JsonValue[]): JsonObject => ({
  scheduledActionsForRule: [{ ruleName: "PasswordRequired", scheduledActionConfigurations: actions }],
});

test("a policy gets the service's own dates and version; its subtype's properties stay", () => {
  const policy = readNewPolicy(
    "beta",
    { ...NEW_POLICY, bitLockerEnabled: true, version: 7, createdDateTime: "2001-01-01T00:00:00Z" },
    NOW,
  );
  expect(policy).toMatchObject({
    "@odata.type": "#microsoft.graph.windows10CompliancePolicy",
    displayName: "Fixture policy",
    description: null,
    roleScopeTagIds: ["0"],
    version: 1,
    createdDateTime: NOW,
    lastModifiedDateTime: NOW,
    bitLockerEnabled: true,
  });
});

const BLOCK_TEXT = "Compliance policy must have one and only one block scheduled action";
const REFUSALS: [string, JsonObject, string][] = [
  ["no actions at all", { scheduledActionsForRule: [] }, BLOCK_TEXT],
  ["only a notification", rules({ ...block, actionType: "notification" }), BLOCK_TEXT],
  ["two block actions", rules(block, block), BLOCK_TEXT],
  [
    "an unknown action",
    rules(block, { actionType: "explode" }),
    "'actionType' of microsoft.graph.deviceComplianceActionItem must be one of",
  ],
  ["8761 hours of grace", rules({ ...block, gracePeriodHours: 8761 }), "'gracePeriodHours'"],
  ["an unknown property in an action", rules({ ...block, hours: 1 }), "'hours'"],
  ["actions that are no array", { scheduledActionsForRule: {} }, "'scheduledActionsForRule' must be an array"],
  ["a CC list with a number", rules({ ...block, notificationMessageCCList: [1] }), "'notificationMessageCCList'"],
  [
    "displayName null",
    { displayName: null },
    "'displayName' of microsoft.graph.windows10CompliancePolicy must not be null",
  ],
  ["description a number", { description: 1 }, "'description'"],
  ["roleScopeTagIds of numbers", { roleScopeTagIds: [0] }, "'roleScopeTagIds'"],
  ["an id", { id: "mine" }, "'id' of microsoft.graph.windows10CompliancePolicy is assigned by the service"],
  [
    "statuses within",
    { deviceStatuses: [] },
    "'deviceStatuses' does not exist on type microsoft.graph.windows10CompliancePolicy",
  ],
  ["a name no property has", { "not a name": 1 }, "'not a name'"],
  ["a property of another subtype", { passcodeRequired: true }, "'passcodeRequired' does not exist"],
  [
    "text for a switch",
    { bitLockerEnabled: "true" },
    "'bitLockerEnabled' of microsoft.graph.windows10CompliancePolicy must be",
  ],
  ["null for a switch", { bitLockerEnabled: null }, "must not be null"],
  ["a fraction for a number", { passwordMinimumLength: 4.5 }, "must be a whole number from -2147483648"],
  [
    "a member that is not there",
    { passwordRequiredType: "any" },
    "must be one of deviceDefault, alphanumeric, numeric",
  ],
  ["a range that is no array", { validOperatingSystemBuildRanges: {} }, "must be an array"],
  ["a range with an unknown part", { validOperatingSystemBuildRanges: [{ from: "1" }] }, "has a property 'from'"],
  [
    "a range of another type",
    { validOperatingSystemBuildRanges: [{ "@odata.type": "#microsoft.graph.x" }] },
    "'@odata.type'",
  ],
  ["a script that is no base64", { deviceCompliancePolicyScript: { rulesContent: "?" } }, "must be base64 text"],
  [
    "an object for a string",
    { osMinimumVersion: {} },
    "'osMinimumVersion' of microsoft.graph.windows10CompliancePolicy must be a string (Edm.String)",
  ],
  [
    "the abstract type",
    { "@odata.type": "#microsoft.graph.deviceCompliancePolicy" },
    "'@odata.type' must name a concrete",
  ],
];

test.each(REFUSALS)("%s is refused", (_, part, text) => {
  expect(() => readNewPolicy("beta", { ...NEW_POLICY, ...part }, NOW)).toThrow(text);
});

test.each(["@odata.type", "displayName", "scheduledActionsForRule"])("a missing %s is refused", (name) => {
  const body: JsonObject = Object.fromEntries(
    Object.entries<JsonValue>(NEW_POLICY).filter(([other]) => other !== name),
  );
  expect(() => readNewPolicy("beta", body, NOW)).toThrow(name === "scheduledActionsForRule" ? BLOCK_TEXT : `'${name}'`);
});

test.each(["androidDeviceOwnerCompliancePolicy", "aospDeviceOwnerCompliancePolicy", "defaultDeviceCompliancePolicy"])(
  "%s is a beta type only",
  (subtype) => {
    const body = { ...NEW_POLICY, "@odata.type": `#microsoft.graph.${subtype}` };
    expect(readNewPolicy("beta", body, NOW)["@odata.type"]).toBe(`#microsoft.graph.${subtype}`);
    expect(() => readNewPolicy("v1.0", body, NOW)).toThrow(
      "'@odata.type' must name a concrete deviceCompliancePolicy of v1.0",
    );
  },
);

test("v1.0 has no roleScopeTagIds and no remoteLock action", () => {
  expect(() => readNewPolicy("v1.0", { ...NEW_POLICY, roleScopeTagIds: ["0"] }, NOW)).toThrow("'roleScopeTagIds'");
  const withRemoteLock = { ...NEW_POLICY, ...rules(block, { actionType: "remoteLock" }) };
  expect(() => readNewPolicy("v1.0", withRemoteLock, NOW)).toThrow("'actionType'");
  expect(readNewPolicy("beta", withRemoteLock, NOW)["displayName"]).toBe("Fixture policy");
});

test("settings nobody gave hold what an unconfigured policy shows", () => {
  expect(readNewPolicy("beta", NEW_POLICY, NOW)).toMatchObject({
    bitLockerEnabled: false,
    passwordMinimumLength: null,
    osMinimumVersion: null,
    passwordRequiredType: "deviceDefault",
    deviceThreatProtectionRequiredSecurityLevel: "unavailable",
    validOperatingSystemBuildRanges: [],
    deviceCompliancePolicyScript: null,
  });
});

test("complex settings are taken whole", () => {
  const settings = {
    validOperatingSystemBuildRanges: [
      { "@odata.type": "microsoft.graph.operatingSystemVersionRange", description: null, lowestVersion: "10.0.1" },
    ],
    deviceCompliancePolicyScript: { deviceComplianceScriptId: "s", rulesContent: "e30=" },
  };
  expect(readNewPolicy("beta", { ...NEW_POLICY, ...settings }, NOW)).toMatchObject(settings);
});

test("an app in a list needs its name", () => {
  const ios = { ...NEW_POLICY, "@odata.type": "#microsoft.graph.iosCompliancePolicy" };
  expect(() => readNewPolicy("beta", { ...ios, restrictedApps: [{ appId: "a" }] }, NOW)).toThrow(
    "lacks the property 'name'",
  );
  expect(readNewPolicy("beta", { ...ios, restrictedApps: [{ name: "a" }] }, NOW)["restrictedApps"]).toEqual([
    { name: "a" },
  ]);
});

test("v1.0 does not have the settings that beta alone has", () => {
  const body = { ...NEW_POLICY, tpmRequired: true };
  expect(readNewPolicy("beta", body, NOW)["tpmRequired"]).toBe(true);
  expect(() => readNewPolicy("v1.0", body, NOW)).toThrow("'tpmRequired' does not exist");
});

test("settings younger than the metadata are kept when they are sent, and are not there otherwise", () => {
  expect(readNewPolicy("beta", { ...NEW_POLICY, memoryIntegrityEnabled: true }, NOW)["memoryIntegrityEnabled"]).toBe(
    true,
  );
  expect(Object.keys(readNewPolicy("beta", NEW_POLICY, NOW))).not.toContain("memoryIntegrityEnabled");
});

test("an action left to itself waits for no time and tells nobody", () => {
  const policy = readNewPolicy("beta", { ...NEW_POLICY, ...rules({ actionType: "block" }) }, NOW);
  expect(policy["scheduledActionsForRule"]).toEqual([
    {
      id: expect.any(String) as string,
      ruleName: "PasswordRequired",
      scheduledActionConfigurations: [
        {
          id: expect.any(String) as string,
          actionType: "block",
          gracePeriodHours: 0,
          notificationTemplateId: null,
          notificationMessageCCList: [],
        },
      ],
    },
  ]);
});

test.each([
  [{ "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId: "g" }, "p_g"],
  [{ "@odata.type": "#microsoft.graph.exclusionGroupAssignmentTarget", groupId: "g" }, "p_g"],
  [{ "@odata.type": "#microsoft.graph.allDevicesAssignmentTarget" }, "p_adadadad-808e-44e2-905a-0b7873a8a531"],
  [{ "@odata.type": "microsoft.graph.allLicensedUsersAssignmentTarget" }, "p_acacacac-9df4-4c7d-9d50-4ef0226f57a9"],
])("the key of an assignment to %j is made of policy and group", (target, id) => {
  expect(assignmentId("p", target)).toBe(id);
});
