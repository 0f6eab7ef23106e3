import path from "node:path";
import type { Properties } from "pulumi-intune-policies/testing";

export const PACK = path.join(__dirname, "../../policypack");
export const FIXTURE = "pulumi-nodejs:dynamic/intune:DeviceComplianceDeviceStatus";
export const ROOT_STACK = "pulumi:pulumi:Stack";

/** Inputs that no policy of the pack has anything to say of. */
export const SOUND_FIXTURE: Properties = {
  deviceCompliancePolicyId: "4f8f3a3e-5d0a-4c8e-9d6b-2f1c7f6f1a11",
  deviceDisplayName: "FIXTURE-0042",
  userName: "Fixture Ada",
  userPrincipalName: "ada@contoso.example",
  platform: 5,
  status: "nonCompliant",
  lastReportedDateTime: "2026-01-31T09:30:00Z",
  complianceGracePeriodExpirationDateTime: "2026-02-28T00:00:00Z",
};

/** Findings without the policies' descriptions, which stand on a line above. */
export const texts = (diagnostics: readonly { readonly message: string }[]): readonly string[] =>
  diagnostics.map(({ message }) => message.slice(message.indexOf("\n") + 1));
