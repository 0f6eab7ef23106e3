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
  const ready = JSON.parse(readyLine) as Record<"graphEndpoint" | "authority" | "tenantId" | "clientId", string> & {
    clientSecret: string;
  };
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: ready.clientId,
    client_secret: ready.clientSecret,
    scope: "https://graph.microsoft.com/.default",
  });
  const token = await send(`${ready.authority}/${ready.tenantId}/oauth2/v2.0/token`, { method: "POST", body: form });
  const headers = { authorization: `Bearer ${String(token["access_token"])}` };
  const post = (path: string, body: unknown) =>
    send(ready.graphEndpoint + path, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const policies = "/beta/deviceManagement/deviceCompliancePolicies";
  const policy = await post(policies, {
    "@odata.type": "#microsoft.graph.windows10CompliancePolicy",
    displayName: "Bench",
    scheduledActionsForRule: [
      { ruleName: "PasswordRequired", scheduledActionConfigurations: [{ actionType: "block", gracePeriodHours: 0 }] },
    ],
  });
  const collection = `${policies}/${String(policy["id"])}/deviceStatuses`;
  const row = await post(collection, ROW);
  const item = `${collection}/${String(row["id"])}`;
  const answer = await send(ready.graphEndpoint + item, { headers });
  return { item, collection, headers, body: JSON.stringify(ROW), answerBytes: JSON.stringify(answer).length };
}

async function send(url: string, init: RequestInit): Promise<Record<string, unknown>> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${url} answered ${String(response.status)}: ${await response.text()}`);
  return (await response.json()) as Record<string, unknown>;
}
