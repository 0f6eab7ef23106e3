import * as pulumi from "@pulumi/pulumi";

/**
 * The dynamic provider as tutorials write it: the whole provider in the program, a new one for each resource, plain
 * fetch, no check, no retry. It is spared the sign-in: a token is in the environment.
 */
interface RowInputs {
  deviceCompliancePolicyId: string;
  deviceDisplayName: string;
  platform: number;
  status: string;
  lastReportedDateTime: string;
  complianceGracePeriodExpirationDateTime: string;
}

class RowProvider implements pulumi.dynamic.ResourceProvider<RowInputs, RowInputs> {
  async create(inputs: RowInputs): Promise<pulumi.dynamic.CreateResult<RowInputs>> {
    const { deviceCompliancePolicyId, deviceDisplayName, platform, status } = inputs;
    const { lastReportedDateTime, complianceGracePeriodExpirationDateTime } = inputs;
    const policies = `${String(process.env["INTUNE_GRAPH_ENDPOINT"])}/beta/deviceManagement/deviceCompliancePolicies`;
    const response = await fetch(`${policies}/${deviceCompliancePolicyId}/deviceStatuses`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${String(process.env["BENCH_TOKEN"])}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({
        "@odata.type": "#microsoft.graph.deviceComplianceDeviceStatus",
        deviceDisplayName,
        platform,
        status,
        lastReportedDateTime,
        complianceGracePeriodExpirationDateTime,
      }),
    });
    if (!response.ok) throw new Error(`create failed with ${String(response.status)}`);
    const row = (await response.json()) as { id: string };
    return { id: row.id, outs: inputs };
  }
}

class Row extends pulumi.dynamic.Resource {
  constructor(name: string, args: RowInputs) {
    super(new RowProvider(), name, args);
  }
}

const config = new pulumi.Config();
const deviceCompliancePolicyId = config.require("deviceCompliancePolicyId");

for (let index = 0; index < config.requireNumber("count"); index++) {
  new Row(`row-${String(index)}`, {
    deviceCompliancePolicyId,
    deviceDisplayName: `BENCH-${String(index)}`,
    platform: 0,
    status: "compliant",
    lastReportedDateTime: "2026-01-02T03:04:05Z",
    complianceGracePeriodExpirationDateTime: "9999-12-31T23:59:59.9999999Z",
  });
}
