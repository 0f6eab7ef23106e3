import type { JsonObject, JsonValue } from "../../../emulator/src/model/json";
import { readNewPolicy } from "../../../emulator/src/graph/policyBody";
import { NEW_POLICY } from "./support/graphClient";

const NOW = "2026-01-02T03:04:05.678Z";
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
  ["an unknown action", rules(block, { actionType: "explode" }), "'actionType' must be one of"],
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
  ["an id", { id: "mine" }, "'id' cannot be sent"],
  ["statuses within", { deviceStatuses: [] }, "'deviceStatuses' cannot be sent"],
  ["a name no property has", { "not a name": 1 }, "'not a name'"],
  [
    "an object",
    { osMinimumVersion: {} },
    "'osMinimumVersion' of microsoft.graph.windows10CompliancePolicy must not be an object",
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
      "'@odata.type' must name a concrete compliance policy of v1.0",
    );
  },
);

test("v1.0 has no roleScopeTagIds and no remoteLock action", () => {
  expect(() => readNewPolicy("v1.0", { ...NEW_POLICY, roleScopeTagIds: ["0"] }, NOW)).toThrow("'roleScopeTagIds'");
  const withRemoteLock = { ...NEW_POLICY, ...rules(block, { actionType: "remoteLock" }) };
  expect(() => readNewPolicy("v1.0", withRemoteLock, NOW)).toThrow("'actionType'");
  expect(readNewPolicy("beta", withRemoteLock, NOW)["displayName"]).toBe("Fixture policy");
});
