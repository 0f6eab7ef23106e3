import type { ReportViolation } from "@pulumi/policy";

/** What `reportViolation` takes at run time since 1.20, and its typings do not say. */
type ReportObject = (violation: {
  readonly message: string;
  readonly enforcementLevel: "advisory";
  readonly urn?: string;
}) => void;

/**
 * Report a finding as advisory whatever the policy's level is. Unlike a text, which the SDK puts below the policy's
 * description, the message of an object stands alone: the description is put before it here, so that both read alike.
 * Source: `makeReportViolationFun` of @pulumi/policy 1.21; test/protocol/policypackExemptions.test.ts holds it to that.
 */
export function reportAdvisory(report: ReportViolation, description: string, message: string, urn?: string): void {
  const violation = { message: `${description}\n${message}`, enforcementLevel: "advisory" } as const;
  (report as unknown as ReportObject)(urn === undefined ? violation : { ...violation, urn });
}
