import { type Emulator, type EmulatorOptions, startEmulator } from "intune-emulator";

/** An emulator with one policy, and what a program needs to reach it. */
export interface Tenant {
  readonly emulator: Emulator;
  readonly deviceCompliancePolicyId: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What reaches an emulator: the fields its ready line and its object have in common. */
export interface Reach {
  readonly graphEndpoint: string;
  readonly authority: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export const POLICIES = "/beta/deviceManagement/deviceCompliancePolicies";

/** Sign in and make a policy; what is needed to go on under it. */
export async function makePolicy(reach: Reach): Promise<{ token: string; deviceCompliancePolicyId: string }> {
  const form = {
    grant_type: "client_credentials",
    client_id: reach.clientId,
    client_secret: reach.clientSecret,
    scope: "https://graph.microsoft.com/.default",
  };
  const answer = await json(`${reach.authority}/${reach.tenantId}/oauth2/v2.0/token`, {
    method: "POST",
    body: new URLSearchParams(form),
  });
  const token = String(answer["access_token"]);
  const policy = await json(`${reach.graphEndpoint}${POLICIES}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({
      "@odata.type": "#microsoft.graph.windows10CompliancePolicy",
      displayName: "Bench",
      scheduledActionsForRule: [
        { ruleName: "PasswordRequired", scheduledActionConfigurations: [{ actionType: "block", gracePeriodHours: 0 }] },
      ],
    }),
  });
  return { token, deviceCompliancePolicyId: String(policy["id"]) };
}

export async function startTenant(options: EmulatorOptions = {}): Promise<Tenant> {
  const emulator = await startEmulator(options);
  const { app, authority, graphEndpoint } = emulator;
  const { token, deviceCompliancePolicyId } = await makePolicy({ graphEndpoint, authority, ...app });
  emulator.journal.clear();
  const env = {
    INTUNE_GRAPH_ENDPOINT: graphEndpoint,
    INTUNE_AUTHORITY_HOST: authority,
    ARM_TENANT_ID: app.tenantId,
    ARM_CLIENT_ID: app.clientId,
    ARM_CLIENT_SECRET: app.clientSecret,
    BENCH_TOKEN: token,
  };
  return { emulator, deviceCompliancePolicyId, env };
}

/** Requests to Graph since the journal was cleared, each one of a `$batch` counted singly, and the batches around them. */
export function countRequests({ emulator }: Tenant): {
  readonly requests: number;
  readonly batches: number;
  readonly overTheWire: number;
} {
  const entries = emulator.journal.entries().filter(({ path }) => path.startsWith("/beta/"));
  const batches = entries.filter(({ path }) => path === "/beta/$batch");
  const inBatches = batches.map(({ requestBody }) => (requestBody as { requests: unknown[] }).requests.length);
  const requests = entries.length - batches.length;
  const batched = inBatches.reduce((sum, size) => sum + size, 0);
  return { requests, batches: batches.length, overTheWire: requests - batched + batches.length };
}

export async function json(url: string, init: RequestInit): Promise<Record<string, unknown>> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${url} answered ${String(response.status)}: ${await response.text()}`);
  return (await response.json()) as Record<string, unknown>;
}
