import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { DeviceComplianceDeviceStatus, type DeviceComplianceDeviceStatusArgs } from "pulumi-intune";

const deviceCompliancePolicyId = new pulumi.Config().require("deviceCompliancePolicyId");

/**
 * Fixtures often come from data that TypeScript cannot see into. The second row breaks three rules: a misspelt status,
 * 30 February, no platform. The gate names all three, and nothing is sent, not even the first row.
 */
type Row = Omit<DeviceComplianceDeviceStatusArgs, "deviceCompliancePolicyId">;
const rows = JSON.parse(readFileSync(join(__dirname, "rows.json"), "utf8")) as Row[];

rows.forEach((row, index) => {
  new DeviceComplianceDeviceStatus(`row-${String(index + 1)}`, { deviceCompliancePolicyId, ...row });
});
