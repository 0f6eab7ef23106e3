import * as pulumi from "@pulumi/pulumi";
import { COMPLIANCE_STATUSES, DeviceComplianceDeviceStatus } from "pulumi-intune";

const deviceCompliancePolicyId = new pulumi.Config().require("deviceCompliancePolicyId");

/** No grace period, as the service answers it. */
const NO_GRACE_PERIOD = "9999-12-31T23:59:59.9999999Z";

const devices = [
  { deviceDisplayName: "FIXTURE-LAPTOP", deviceModel: "Surface Laptop", userPrincipalName: "ann@fixtures.example" },
  { deviceDisplayName: "FIXTURE-PHONE", deviceModel: "Pixel", userPrincipalName: "bob@fixtures.example" },
  { deviceDisplayName: "FIXTURE-TABLET", deviceModel: "iPad", userPrincipalName: "cho@fixtures.example" },
];

// One row for each kind of device in each status: everything a dashboard can be asked to show. Each is a device of its
// own, since Intune keeps one status for a device and user under a policy.
const rows = devices.flatMap((device) =>
  COMPLIANCE_STATUSES.map((status) => {
    const deviceDisplayName = `${device.deviceDisplayName}-${status}`;
    return new DeviceComplianceDeviceStatus(deviceDisplayName, {
      deviceCompliancePolicyId,
      ...device,
      deviceDisplayName,
      userName: device.userPrincipalName,
      platform: 0,
      status,
      lastReportedDateTime: "2026-01-02T03:04:05.6789012Z",
      complianceGracePeriodExpirationDateTime: NO_GRACE_PERIOD,
    });
  }),
);

export const count = rows.length;
export const ids = pulumi.all(rows.map((row) => row.id));
