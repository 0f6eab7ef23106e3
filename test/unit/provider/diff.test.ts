import { unknownValue } from "@pulumi/pulumi/runtime";
import { diff } from "../../../provider/src/lifecycle/diff";
import { deviceComplianceDeviceStatus as descriptor } from "../../../provider/src/model/deviceComplianceDeviceStatus";
import { DOCUMENTED_EXAMPLE } from "../../support/example";

const olds = { deviceCompliancePolicyId: "policy", ...DOCUMENTED_EXAMPLE, __provider: "a" };

test.each<[string, Record<string, unknown>, boolean, string[]]>([
  ["nothing", {}, false, []],
  ["the provider text", { __provider: "b" }, false, []],
  ["the spelling of an instant", { lastReportedDateTime: "2017-01-01T08:00:17.7769392Z" }, false, []],
  ["100 ns", { lastReportedDateTime: "2017-01-01T08:00:17.7769393Z" }, true, []],
  ["the status", { status: "error" }, true, []],
  ["the platform", { platform: 9 }, true, []],
  ["a string to null", { deviceModel: null }, true, []],
  ["a string to absent", { deviceModel: undefined }, true, []],
  ["the policy", { deviceCompliancePolicyId: "other" }, true, ["deviceCompliancePolicyId"]],
  ["the policy to a value unknown yet", { deviceCompliancePolicyId: unknownValue }, true, ["deviceCompliancePolicyId"]],
  ["the status to a value unknown yet", { status: unknownValue }, true, []],
])("a change of %s", (_name, change, changes, replaces) => {
  expect(diff(descriptor, olds, { ...olds, ...change })).toEqual({ changes, replaces });
});

test("null in state and absent in the program are alike", () => {
  const { deviceModel, ...without } = olds;
  expect(deviceModel).toBeDefined();
  expect(diff(descriptor, { ...olds, deviceModel: null }, without).changes).toBe(false);
  expect(diff(descriptor, without, { ...without, deviceModel: null }).changes).toBe(false);
});
