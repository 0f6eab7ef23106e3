import { COMPLIANCE_STATUSES, isComplianceStatus, type ComplianceStatus } from "pulumi-intune/model";
import { definePolicy } from "../definePolicy";
import { namesOfType } from "../deviceStatusProperties";
import { hint } from "../hint";
import { nameListOption } from "../optionKinds";
import { givenValue } from "../peek";
import type { Finding } from "../policyDefinition";
import { EXAMPLE_INPUTS } from "../rulePage";
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
  level: "mandatory",
  severity: "high",
  exemptible: true,
  options: {
    allow: nameListOption({
      description: "The statuses that fixtures may have: all of complianceStatus, or some of it.",
      members: COMPLIANCE_STATUSES,
      standard: COMPLIANCE_STATUSES,
      memberNoun: "a complianceStatus value",
    }),
  },
  page: {
    why: [
      "The values are case-sensitive on the wire, and neighbouring enums of Intune spell the same states differently: a managed device's `complianceState` is `noncompliant` and may be `inGracePeriod`, Windows Autopilot has `notCompliant`, and multi-tenant management `noncomplaint`. A fixture with the wrong spelling is refused by the service at best, and at worst tests a state that no device can have.",
      "Source: the [deviceComplianceDeviceStatus](https://learn.microsoft.com/graph/api/resources/intune-deviceconfig-devicecompliancedevicestatus?view=graph-rest-beta) resource type.",
    ],
    bad: { fixtures: { overdue: { ...EXAMPLE_INPUTS, status: "noncompliant" } } },
    good: { fixtures: { overdue: EXAMPLE_INPUTS } },
    configuration: { enforcementLevel: "mandatory", allow: ["compliant", "nonCompliant"] },
    more: [
      "The message names the value most likely meant, the spellings of the neighbouring enums included. At the level `remediate`, spellings that differ in case and separators alone are corrected (`NON_COMPLIANT`, `non-compliant`); nothing that has to be guessed is.",
      "A status that is not given, or null, is the business of [required-fields](required-fields.md).",
    ],
  },
  judgeResource: ({ read }, { allow }) =>
    namesOfType("graph.complianceStatus").flatMap((property) => {
      const value = givenValue(read, property);
      return value === undefined || allow.some((status) => status === value) ? [] : [finding(property, value, allow)];
    }),
  remediate({ glance }, { allow }) {
    const corrected = namesOfType("graph.complianceStatus").map((property) => {
      const value = givenValue(glance, property);
      const meant = allow.find((status) => typeof value === "string" && fold(status) === fold(value));
      return [property, meant === value ? undefined : meant] as const;
    });
    return Object.fromEntries(
      corrected.filter((entry): entry is [string, (typeof allow)[number]] => entry[1] !== undefined),
    );
  },
});

/** Without what may differ with no doubt of what is meant: case, blanks, hyphens and underscores. */
const fold = (word: string): string => word.toLowerCase().replace(/[\s_-]/g, "");

function finding(property: string, value: unknown, allow: readonly ComplianceStatus[]): Finding {
  const fault = isComplianceStatus(value)
    ? "which the option allow leaves out"
    : "which is not a complianceStatus value";
  return {
    problem: `${property} is ${describe(value, WORD)}, ${fault}.${suggestion(value, allow)}`,
    fix: `use one of ${allow.join(", ")}`,
  };
}

/**
 * Values of managedDevice's complianceState that no edit distance leads from. Its `noncompliant`, Autopilot's
 * `notCompliant` and managedTenants' `noncomplaint` (sic) are near enough to be told by their spelling.
 */
const NEIGHBOURS: Readonly<Record<string, ComplianceStatus>> = {
  // A device in its grace period fails the policy; complianceGracePeriodExpirationDateTime says until when it may.
  ingraceperiod: "nonCompliant",
  // Assumption: Intune does not evaluate such a device itself, so its status under an Intune policy is not known.
  configmanager: "unknown",
};

function suggestion(value: unknown, allow: readonly ComplianceStatus[]): string {
  const meant = typeof value === "string" ? NEIGHBOURS[fold(value)] : undefined;
  if (meant === undefined) return hint(value, allow);
  return allow.includes(meant) ? ` Did you mean "${meant}"?` : "";
}
