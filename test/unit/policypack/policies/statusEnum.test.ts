import { COMPLIANCE_STATUSES } from "pulumi-intune/model";
import { statusEnum } from "../../../../policypack/src/policies/statusEnum";
import { COMPLIANT, judge, judgeWith, UNKNOWN } from "../judge";

const ALL = "unknown, notApplicable, compliant, remediated, nonCompliant, error, conflict, notAssigned";
const TAIL = `Fix: use one of ${ALL} [DCS001] docs/rules/status-enum.md`;

const judgeStatus = (status: unknown, config?: Record<string, unknown>) =>
  judgeWith(statusEnum, "status", status, config);

describe("status-enum", () => {
  it.each(ALL.split(", "))("accepts %s", (status) => {
    expect(judgeStatus(status)).toEqual([]);
  });

  it.each([
    ["noncompliant", "nonCompliant"],
    ["NonCompliant", "nonCompliant"],
    ["non-compliant", "nonCompliant"],
    ["non compliant", "nonCompliant"],
    ["NON_COMPLIANT", "nonCompliant"],
    ["notCompliant", "nonCompliant"],
    ["noncomplaint", "nonCompliant"],
    ["not_applicable", "notApplicable"],
    ["NotApplicable", "notApplicable"],
    ["Not Assigned", "notAssigned"],
    ["notAsigned", "notAssigned"],
    ["Compliant", "compliant"],
    ["complaint", "compliant"],
    ["compliantt", "compliant"],
    ["remediatd", "remediated"],
    ["Error", "error"],
    ["errorr", "error"],
    ["confict", "conflict"],
    ["Unknown", "unknown"],
    ["unkown", "unknown"],
    ["inGracePeriod", "nonCompliant"],
    ["In grace period", "nonCompliant"],
    ["configManager", "unknown"],
  ])("takes %s for a slip of %s", (status, meant) => {
    const problem = `status is "${status}" (string), which is not a complianceStatus value.`;
    expect(judgeStatus(status)).toEqual([`${problem} Did you mean "${meant}"? ${TAIL}`]);
  });

  it.each(["incompliant", "pending", "ok"])("makes no guess at %s", (status) => {
    const problem = `status is "${status}" (string), which is not a complianceStatus value.`;
    expect(judgeStatus(status)).toEqual([`${problem} ${TAIL}`]);
  });

  const misspellings: readonly [string, (name: string) => string][] = [
    ["in lower case", (name) => name.toLowerCase()],
    ["in upper case", (name) => name.toUpperCase()],
    ["in snake case", (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)],
    ["in kebab case", (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)],
    ["with its last letter doubled", (name) => name + name.slice(-1)],
    ["without its last letter", (name) => name.slice(0, -1)],
    ["with its second and third letters swapped", (name) => name.replace(/^(.)(.)(.)/, "$1$3$2")],
  ];
  const slips = COMPLIANCE_STATUSES.flatMap((status) =>
    misspellings.map(([how, misspell]) => ({ status, how, slip: misspell(status) })),
  ).filter(({ status, slip }) => slip !== status);

  it.each(slips)("recognises $status $how", ({ status, slip }) => {
    expect(judgeStatus(slip)).toEqual([expect.stringContaining(`Did you mean "${status}"?`)]);
  });

  it.each([
    [5, "a number"],
    [true, "a boolean"],
    [["compliant"], "an array"],
    [[UNKNOWN], "an array"],
    [{ value: "compliant" }, "an object"],
    [{ value: UNKNOWN }, "an object"],
    ["", "an empty string"],
    [" \n", "a blank string"],
  ])("rejects %j by its kind", (status, kind) => {
    expect(judgeStatus(status)).toEqual([`status is ${kind}, which is not a complianceStatus value. ${TAIL}`]);
  });

  it.each([
    ["not given", undefined],
    ["null", null],
    ["unknown", UNKNOWN],
  ])("says nothing of a status that is %s", (_, status) => {
    expect(judgeStatus(status)).toEqual([]);
  });

  it("judges the status while every other property is unknown", () => {
    const props = Object.fromEntries(Object.keys(COMPLIANT).map((name) => [name, UNKNOWN]));
    expect(judge(statusEnum, { ...props, status: "bogus" }).messages).toHaveLength(1);
  });

  it.each([
    ["a long text", "x".repeat(312), "a string of 312 characters"],
    ["what may be a key", "p4ssw0rd", "a string of 8 characters"],
    ["a text of two lines", "compliant\nbut", "a string of 13 characters"],
    ["a text that closes its quotes", 'a" (string)', "a string of 11 characters"],
  ])("does not show %s", (_, status, shown) => {
    expect(judgeStatus(status)).toEqual([`status is ${shown}, which is not a complianceStatus value. ${TAIL}`]);
  });
});

describe("status-enum with the option allow", () => {
  const allow = ["nonCompliant", "compliant"];

  it("accepts what it lists", () => {
    expect(judgeStatus("nonCompliant", { allow })).toEqual([]);
  });

  it("rejects another status, and lists the allowed ones in the enum's order", () => {
    expect(judgeStatus("error", { allow })).toEqual([
      'status is "error" (string), which the option allow leaves out. ' +
        "Fix: use one of compliant, nonCompliant [DCS001] docs/rules/status-enum.md",
    ]);
  });

  it("suggests allowed statuses only", () => {
    const [message] = judgeStatus("errorr", { allow });
    expect(message).toContain('status is "errorr" (string), which is not a complianceStatus value. Fix:');
  });

  it("keeps the listed statuses that exist when others do not", () => {
    expect(judgeStatus("compliant", { allow: ["compliant", "noncompliant"] })).toEqual([]);
    expect(judgeStatus("nonCompliant", { allow: ["compliant", "noncompliant"] })).toHaveLength(1);
  });
});
