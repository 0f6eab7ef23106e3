import { COMPLIANCE_STATUSES, isComplianceStatus } from "pulumi-intune/model";
import { definePolicy, type Finding } from "../definePolicy";
import { namesOfType } from "../deviceStatusProperties";
import { hint, nameListOption } from "../options";
import { givenValue } from "../peek";
import { describe, WORD } from "../valueText";

/**
 * Exact, case-sensitive members only. Neighbouring enums of Intune spell the same states differently
 * (`complianceState` has `noncompliant` and `inGracePeriod`), so that their spellings end up here by mistake.
 *
 * @see https://learn.microsoft.com/graph/api/resources/intune-deviceconfig-devicecompliancedevicestatus
 */
export const statusEnum = definePolicy({
  name: "status-enum",
  id: "DCS001",
  displayName: "Status is a complianceStatus value",
  description: "The status of a device compliance status must be a complianceStatus value of Microsoft Graph.",
  fix: `use one of ${COMPLIANCE_STATUSES.join(", ")}`,
  tags: ["intune", "enum"],
  options: {
    allow: nameListOption({
      description: "The statuses that fixtures may have: all of complianceStatus, or some of it.",
      members: COMPLIANCE_STATUSES,
      standard: COMPLIANCE_STATUSES,
      memberNoun: "a complianceStatus value",
    }),
  },
  rule: (read, { allow }) =>
    namesOfType("graph.complianceStatus").flatMap((property) => {
      const value = givenValue(read, property);
      return value === undefined || allow.some((status) => status === value) ? [] : [finding(property, value, allow)];
    }),
});

function finding(property: string, value: unknown, allow: readonly string[]): Finding {
  const fault = isComplianceStatus(value)
    ? "which the option allow leaves out"
    : "which is not a complianceStatus value";
  return {
    problem: `${property} is ${describe(value, WORD)}, ${fault}.${hint(value, allow)}`,
    fix: `use one of ${allow.join(", ")}`,
  };
}
