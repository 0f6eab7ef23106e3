import { type Emulator, type EmulatorOptions, startEmulator } from "intune-emulator";

/** An emulator with one policy, and what a program needs to reach it. */
export interface Tenant {
  readonly emulator: Emulator;
  readonly deviceCompliancePolicyId: string;
  readonly env: Readonly<Record<string, string>>;
}

export async function startTenant(options: EmulatorOptions = {}): Promise<Tenant> {
  const emulator = await startEmulator(options);
  const { app, authority, graphEndpoint } = emulator;
  const form = {
    grant_type: "client_credentials",
    client_id: app.clientId,
    client_secret: app.clientSecret,
    scope: "https://graph.microsoft.com/.default",
  };
  const token = await json(`${authority}/${app.tenantId}/oauth2/v2.0/token`, {
    method: "POST",
    body: new URLSearchParams(form),
  });
  const policy = await json(`${graphEndpoint}/beta/deviceManagement/deviceCompliancePolicies`, {
    method: "POST",
    headers: { authorization: `Bearer ${String(token["access_token"])}`, "content-type": "application/json" },
    body: JSON.stringify({
      "@odata.type": "#microsoft.graph.windows10CompliancePolicy",
      displayName: "Bench",
      scheduledActionsForRule: [
        { ruleName: "PasswordRequired", scheduledActionConfigurations: [{ actionType: "block", gracePeriodHours: 0 }] },
      ],
    }),
  });
  emulator.journal.clear();
  const env = {
    INTUNE_GRAPH_ENDPOINT: graphEndpoint,
    INTUNE_AUTHORITY_HOST: authority,
    ARM_TENANT_ID: app.tenantId,
    ARM_CLIENT_ID: app.clientId,
    ARM_CLIENT_SECRET: app.clientSecret,
    BENCH_TOKEN: String(token["access_token"]),
  };
  return { emulator, deviceCompliancePolicyId: String(policy["id"]), env };
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

async function json(url: string, init: RequestInit): Promise<Record<string, unknown>> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${url} answered ${String(response.status)}: ${await response.text()}`);
  return (await response.json()) as Record<string, unknown>;
}
