import * as pulumi from "@pulumi/pulumi";
import { DeviceComplianceDeviceStatus } from "pulumi-intune";

/** A compliance policy behind the endpoint; `npm start` makes one in the emulator and sets this. */
const deviceCompliancePolicyId = new pulumi.Config().require("deviceCompliancePolicyId");

// The request of Microsoft's documentation page, value for value:
// https://learn.microsoft.com/graph/api/intune-deviceconfig-devicecompliancedevicestatus-create?view=graph-rest-beta
const documentedExample = new DeviceComplianceDeviceStatus("documented-example", {
  deviceCompliancePolicyId,
  deviceDisplayName: "Device Display Name value",
  userName: "User Name value",
  deviceModel: "Device Model value",
  platform: 8,
  complianceGracePeriodExpirationDateTime: "2016-12-31T23:56:44.951111-08:00",
  status: "notApplicable",
  lastReportedDateTime: "2017-01-01T00:00:17.7769392-08:00",
  userPrincipalName: "User Principal Name value",
});

export const id = documentedExample.id;
export const status = documentedExample.status;
export const lastReportedDateTime = documentedExample.lastReportedDateTime;
