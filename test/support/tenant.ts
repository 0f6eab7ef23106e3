import { type Emulator, type EmulatorOptions, startEmulator } from "intune-emulator";
import { request } from "undici";

/** An emulator with one compliance policy, reached by an HTTP client of its own that knows nothing of provider/. */
export interface Tenant {
  readonly emulator: Emulator;
  readonly deviceCompliancePolicyId: string;
  /** Stack configuration by which the provider reaches it, without the namespace `intune:`. */
  readonly config: Readonly<Record<string, string>>;
  /** Make a further policy, and answer its id. */
  createPolicy(): Promise<string>;
  /** The rows as the store has them, asked directly. */
  rows(): readonly Record<string, unknown>[];
  /** The rows as a plain HTTP client reads them. */
  readRows(): Promise<Record<string, unknown>[]>;
  /** Requests to deviceStatuses since the journal was last cleared, e.g. `POST deviceStatuses`, `GET deviceStatuses/{id}`. */
  requests(): string[];
}

const open = new Set<Emulator>();

/** Close every emulator of the test file; to be called in `afterAll`. */
export async function closeTenants(): Promise<void> {
  await Promise.all([...open].map((emulator) => emulator.close()));
  open.clear();
}

export async function startTenant(options: EmulatorOptions = {}): Promise<Tenant> {
  const emulator = await startEmulator(options);
  open.add(emulator);
  const { app, authority, graphEndpoint } = emulator;
  const token = await signIn(emulator);
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const policies = `${graphEndpoint}/beta/deviceManagement/deviceCompliancePolicies`;
  const createPolicy = async (): Promise<string> => {
    const policy = await json(policies, { method: "POST", headers, body: JSON.stringify(POLICY) });
    return String(policy["id"]);
  };
  const deviceCompliancePolicyId = await createPolicy();
  emulator.journal.clear();
  return {
    emulator,
    deviceCompliancePolicyId,
    config: {
      graphEndpoint,
      authorityHost: authority,
      tenantId: app.tenantId,
      clientId: app.clientId,
      clientSecret: app.clientSecret,
    },
    createPolicy,
    rows: () => emulator.store.deviceStatuses(deviceCompliancePolicyId).map((row) => ({ ...row })),
    async readRows() {
      const page = await json(`${policies}/${deviceCompliancePolicyId}/deviceStatuses?$top=999`, { headers });
      return page["value"] as Record<string, unknown>[];
    },
    requests: () =>
      emulator.journal
        .entries()
        .filter(({ path }) => path.includes("/deviceStatuses"))
        .map(({ method, path }) => `${method} deviceStatuses${/\/deviceStatuses\/./.test(path) ? "/{id}" : ""}`),
  };
}

const POLICY = {
  "@odata.type": "#microsoft.graph.windows10CompliancePolicy",
  displayName: "Test",
  scheduledActionsForRule: [
    { ruleName: "PasswordRequired", scheduledActionConfigurations: [{ actionType: "block", gracePeriodHours: 0 }] },
  ],
};

async function signIn({ app, authority }: Emulator): Promise<string> {
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: app.clientId,
    client_secret: app.clientSecret,
    scope: "https://graph.microsoft.com/.default",
  });
  const answer = await json(`${authority}/${app.tenantId}/oauth2/v2.0/token`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: form.toString(),
  });
  return String(answer["access_token"]);
}

async function json(
  url: string,
  init: { method?: "GET" | "POST"; headers: Record<string, string>; body?: string },
): Promise<Record<string, unknown>> {
  const { statusCode, body } = await request(url, init);
  const text = await body.text();
  if (statusCode >= 400) throw new Error(`${url} answered ${String(statusCode)}: ${text}`);
  return JSON.parse(text) as Record<string, unknown>;
}
