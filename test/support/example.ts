/**
 * The request example of the documentation's create page, verbatim values.
 * Source: microsoft-graph-docs @ db3ad729, api-reference/beta/api/intune-deviceconfig-devicecompliancedevicestatus-create.md
 */
export const DOCUMENTED_EXAMPLE = {
  deviceDisplayName: "Device Display Name value",
  userName: "User Name value",
  deviceModel: "Device Model value",
  platform: 8,
  complianceGracePeriodExpirationDateTime: "2016-12-31T23:56:44.951111-08:00",
  status: "notApplicable",
  lastReportedDateTime: "2017-01-01T00:00:17.7769392-08:00",
  userPrincipalName: "User Principal Name value",
} as const;
