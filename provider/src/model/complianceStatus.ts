/**
 * The members of `graph.complianceStatus`, in the order of their numeric values 0 to 7.
 * Closed: it has no `unknownFutureValue`, so no member is added without a new API version.
 * Source: msgraph-metadata CSDL, beta and v1.0 (the same in both).
 */
export const COMPLIANCE_STATUSES = [
  "unknown",
  "notApplicable",
  "compliant",
  "remediated",
  "nonCompliant",
  "error",
  "conflict",
  "notAssigned",
] as const;

export type ComplianceStatus = (typeof COMPLIANCE_STATUSES)[number];

/** Narrow `value` to a member. Members are case-sensitive on the wire. */
export function isComplianceStatus(value: unknown): value is ComplianceStatus {
  return COMPLIANCE_STATUSES.some((member) => member === value);
}
