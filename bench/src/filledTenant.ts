import { json, makePolicy, POLICIES, type Reach } from "./tenant";

const ROW = {
  "@odata.type": "#microsoft.graph.deviceComplianceDeviceStatus",
  deviceDisplayName: "BENCH-DEVICE",
  userName: "Bench User",
  deviceModel: "Model",
  platform: 0,
  complianceGracePeriodExpirationDateTime: "9999-12-31T23:59:59.9999999Z",
  status: "compliant",
  lastReportedDateTime: "2026-01-02T03:04:05.6789012Z",
  userPrincipalName: "bench.user@contoso.example",
};

/** An emulator process with one policy and one row, and how to ask for them. */
export interface FilledTenant {
  /** Path of the row. */
  readonly item: string;
  /** Path of the policy's deviceStatuses. */
  readonly collection: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The body that makes a row. */
  readonly body: string;
  /** Size of the answer to a GET of the row. */
  readonly answerBytes: number;
}

export async function fillTenant(readyLine: string): Promise<FilledTenant> {
  const reach = JSON.parse(readyLine) as Reach;
  const { token, deviceCompliancePolicyId } = await makePolicy(reach);
  const headers = { authorization: `Bearer ${token}` };
  const collection = `${POLICIES}/${deviceCompliancePolicyId}/deviceStatuses`;
  const body = JSON.stringify(ROW);
  const row = await json(reach.graphEndpoint + collection, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body,
  });
  const item = `${collection}/${String(row["id"])}`;
  const answer = await json(reach.graphEndpoint + item, { headers });
  return { item, collection, headers, body, answerBytes: JSON.stringify(answer).length };
}
