import { unknownValue } from "@pulumi/pulumi/runtime";
import { check } from "../../../provider/src/lifecycle/check";
import { deviceComplianceDeviceStatus as descriptor } from "../../../provider/src/model/deviceComplianceDeviceStatus";
import { DOCUMENTED_EXAMPLE } from "../../support/example";

const valid = { deviceCompliancePolicyId: "policy", ...DOCUMENTED_EXAMPLE };
const reasons = (news: Record<string, unknown>): string[] =>
  check(descriptor, news).map(({ property, reason }) => `${property}: ${reason}`);

test("the documentation's example has no fault", () => {
  expect(check(descriptor, { ...valid, __provider: "text" })).toEqual([]);
});

test("the four nullable properties may be absent or null", () => {
  const { deviceDisplayName, userName, deviceModel, userPrincipalName, ...required } = valid;
  expect([deviceDisplayName, userName, deviceModel, userPrincipalName]).not.toContain(undefined);
  expect(check(descriptor, required)).toEqual([]);
  expect(check(descriptor, { ...required, deviceModel: null, userName: null })).toEqual([]);
});

const ENUM = "must be one of unknown, notApplicable, compliant, remediated, nonCompliant, error, conflict, notAssigned";
const DATE = "must be a date-time string with seconds and offset, such as 2017-01-01T00:00:17.7769392-08:00";
const INT = "must be a whole number from -2147483648 to 2147483647 (Edm.Int32)";

test.each<[string, unknown, string]>([
  ["status", "noncompliant", `is a string that is no complianceStatus; ${ENUM}; did you mean "nonCompliant"?`],
  ["status", "inGracePeriod", `is a string that is no complianceStatus; ${ENUM}`],
  ["status", undefined, `is missing; ${ENUM}`],
  ["status", null, `is null; ${ENUM}`],
  ["status", 4, `is a number; ${ENUM}`],
  ["status", ["compliant"], `is an array; ${ENUM}`],
  ["status", { toString: "compliant" }, `is an object; ${ENUM}`],
  ["lastReportedDateTime", "2020-02-30T00:00:00Z", "names day 30 of 2020-02, which does not exist"],
  ["lastReportedDateTime", undefined, `is missing; ${DATE}`],
  ["lastReportedDateTime", 1483228800, `is a number; ${DATE}`],
  ["complianceGracePeriodExpirationDateTime", null, `is null; ${DATE}`],
  ["platform", 2 ** 31, `is a number; ${INT}`],
  ["platform", -(2 ** 31) - 1, `is a number; ${INT}`],
  ["platform", 1.5, `is a number; ${INT}`],
  ["platform", "8", `is a string; ${INT}`],
  ["platform", undefined, `is missing; ${INT}`],
  ["deviceModel", 7, "is a number; must be a string"],
  ["deviceCompliancePolicyId", "", "is empty; must be the id of an existing policy"],
  ["deviceCompliancePolicyId", "  ", "is empty; must be the id of an existing policy"],
  ["deviceCompliancePolicyId", undefined, "is missing; must be the id of an existing policy"],
  ["deviceCompliancePolicyId", "policies/1", "holds a path or query; give the policy's id alone, not its URL"],
])("%s = %p: %s", (property, value, reason) => {
  expect(reasons({ ...valid, [property]: value })[0]).toBe(`${property}: it ${reason}`);
});

test.each([2 ** 31 - 1, -(2 ** 31), 0])("platform %d is an Int32", (platform) => {
  expect(check(descriptor, { ...valid, platform })).toEqual([]);
});

test.each(["deviceDisplayName", "userName", "userPrincipalName"])(
  "a fault of %s names no property field, for the engine would print the value",
  (property) => {
    expect(reasons({ ...valid, [property]: { name: "canary" } })).toEqual([
      `: ${property} is an object; must be a string`,
    ]);
  },
);

test("a property that does not exist is named with the nearest that does", () => {
  expect(reasons({ ...valid, userPrincipleName: "a" })).toEqual([
    ": userPrincipleName is no property of this resource; did you mean userPrincipalName?",
  ]);
});

test("all faults come at once", () => {
  const faults = check(descriptor, {
    deviceCompliancePolicyId: "",
    status: "ok",
    platform: 2 ** 31,
    lastReportedDateTime: "2020-02-30T00:00:00Z",
  });
  expect(faults.map(({ property }) => property).sort()).toEqual([
    "complianceGracePeriodExpirationDateTime",
    "deviceCompliancePolicyId",
    "lastReportedDateTime",
    "platform",
    "status",
  ]);
});

describe("a value unknown in preview", () => {
  test.each(Object.keys(valid))("%s is no fault", (property) => {
    expect(check(descriptor, { ...valid, [property]: unknownValue })).toEqual([]);
  });

  test("does not hide the faults of its neighbours", () => {
    const news = { ...valid, deviceCompliancePolicyId: unknownValue, platform: [unknownValue], status: "ok" };
    expect(check(descriptor, news).map(({ property }) => property)).toEqual(["status"]);
  });

  test("of a property that does not exist is still one", () => {
    expect(reasons({ ...valid, colour: unknownValue })).toEqual([
      expect.stringMatching(/^: colour is no property of this resource; the properties are deviceCompliancePolicyId, /),
    ]);
  });
});

test("the inputs are left alone", () => {
  const news = Object.freeze({ ...valid, status: "NonCompliant" });
  check(descriptor, news);
  expect(news.status).toBe("NonCompliant");
});
