import { COMPLIANCE_STATUSES } from "../../../provider/src/model/complianceStatus";
import { nearest } from "../../../provider/src/model/nearest";

test.each([
  ["noncompliant", "nonCompliant"],
  ["non-compliant", "nonCompliant"],
  ["NON_COMPLIANT", "nonCompliant"],
  ["notCompliant", "nonCompliant"],
  ["complaint", "compliant"],
  ["Compliant", "compliant"],
  ["not applicable", "notApplicable"],
  ["errorr", "error"],
  ["unkown", "unknown"],
  ["conlfict", "conflict"],
])("%s is near %s", (word, member) => {
  expect(nearest(word, COMPLIANCE_STATUSES)).toBe(member);
});

test.each(["", "--", "inGracePeriod", "incompliant", "uncompliant", "configManager", "ok", "x".repeat(10_000)])(
  "%p is near nothing",
  (word) => {
    expect(nearest(word, COMPLIANCE_STATUSES)).toBeUndefined();
  },
);
