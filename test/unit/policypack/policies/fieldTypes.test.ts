import { fieldTypes } from "../../../../policypack/src/policies/fieldTypes";
import { COMPLIANT, judge, judgeWith, UNKNOWN } from "../judge";

const TEXTS = ["deviceCompliancePolicyId", "deviceDisplayName", "userName", "deviceModel", "userPrincipalName"];
const PAGE = "[DCS004] docs/rules/field-types.md";
const ALL =
  "deviceCompliancePolicyId, deviceDisplayName, userName, deviceModel, platform, complianceGracePeriodExpirationDateTime, status, lastReportedDateTime, userPrincipalName";

describe.each(TEXTS)("field-types: %s", (property) => {
  it.each([
    [7, "a number"],
    [true, "a boolean"],
    [["x"], "an array"],
    [{ value: UNKNOWN }, "an object"],
  ])("rejects %j by its kind", (value, kind) => {
    expect(judgeWith(fieldTypes, property, value)).toEqual([
      `${property} is ${kind}, which is no Edm.String. Fix: give a text, or leave it out ${PAGE}`,
    ]);
  });

  it.each([["x"], [""], [null], [undefined], [UNKNOWN]])("accepts %j", (value) => {
    expect(judgeWith(fieldTypes, property, value)).toEqual([]);
  });
});

describe("field-types: platform", () => {
  it.each([[0], [-1], [2 ** 31 - 1], [-(2 ** 31)], [null], [undefined], [UNKNOWN]])("accepts %j", (value) => {
    expect(judgeWith(fieldTypes, "platform", value)).toEqual([]);
  });

  it.each<[unknown, string]>([
    ["0", "a string of 1 character"],
    ["windows", "a string of 7 characters"],
    [1.5, "a number with a fraction"],
    [Number.NaN, "a number with a fraction"],
    [2 ** 31, "a number out of range"],
    [-(2 ** 31) - 1, "a number out of range"],
    [true, "a boolean"],
    [[0], "an array"],
    [{ value: 0 }, "an object"],
  ])("rejects %j by its kind", (value, kind) => {
    expect(judgeWith(fieldTypes, "platform", value)).toEqual([
      `platform is ${kind}, which is no Edm.Int32. Fix: give a whole number from -2147483648 to 2147483647, without quotes ${PAGE}`,
    ]);
  });
});

describe("field-types: property names", () => {
  it.each([
    ["statuss", '"statuss" (string)', ' Did you mean "status"?'],
    ["userprincipalname", '"userprincipalname" (string)', ' Did you mean "userPrincipalName"?'],
    ["colour", '"colour" (string)', ""],
    ["constructor", '"constructor" (string)', ""],
    ["ann@fixtures.example", "a string of 20 characters", ""],
  ])("rejects %s", (name, shown, hint) => {
    expect(judge(fieldTypes, { ...COMPLIANT, [name]: 1 }).messages).toEqual([
      `${shown} is no property of DeviceComplianceDeviceStatus.${hint} Fix: use one of ${ALL} ${PAGE}`,
    ]);
  });

  it("reports several in the order of the alphabet, whatever the program's order is", () => {
    const names = (props: object) => judge(fieldTypes, { ...props }).messages.map((message) => message.split(" ")[0]);
    expect(names({ zeta: 1, alpha: 1 })).toEqual(['"alpha"', '"zeta"']);
    expect(names({ alpha: 1, zeta: 1 })).toEqual(['"alpha"', '"zeta"']);
  });

  it("lets the SDK's own properties be", () => {
    expect(judge(fieldTypes, { ...COMPLIANT, __provider: "exports.handler = 1" }).messages).toEqual([]);
  });
});
