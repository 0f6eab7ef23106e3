import * as pulumi from "@pulumi/pulumi";
import { DeviceComplianceDeviceStatus } from "pulumi-intune";

const config = new pulumi.Config();
const deviceCompliancePolicyId = config.require("deviceCompliancePolicyId");

for (let index = 0; index < config.requireNumber("count"); index++) {
  new DeviceComplianceDeviceStatus(`row-${String(index)}`, {
    deviceCompliancePolicyId,
    deviceDisplayName: `BENCH-${String(index)}`,
    platform: 0,
    status: "compliant",
    lastReportedDateTime: "2026-01-02T03:04:05Z",
    complianceGracePeriodExpirationDateTime: "9999-12-31T23:59:59.9999999Z",
  });
}
