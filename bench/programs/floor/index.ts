import * as pulumi from "@pulumi/pulumi";

/** What the engine itself costs: a provider whose create does nothing, one for all rows, with the same inputs. */
const provider: pulumi.dynamic.ResourceProvider = {
  create: (inputs: { deviceDisplayName: string }) => Promise.resolve({ id: inputs.deviceDisplayName, outs: inputs }),
};

class Row extends pulumi.dynamic.Resource {}

const config = new pulumi.Config();
const deviceCompliancePolicyId = config.require("deviceCompliancePolicyId");

for (let index = 0; index < config.requireNumber("count"); index++) {
  new Row(provider, `row-${String(index)}`, {
    deviceCompliancePolicyId,
    deviceDisplayName: `BENCH-${String(index)}`,
    platform: 0,
    status: "compliant",
    lastReportedDateTime: "2026-01-02T03:04:05Z",
    complianceGracePeriodExpirationDateTime: "9999-12-31T23:59:59.9999999Z",
  });
}
