import type { Emulator } from "intune-emulator";
import { Agent, request } from "undici";

export interface GraphResponse {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** Parsed JSON; undefined when there was no body. */
  body: Json;
}

/** Loose on purpose: tests compare what they read, they do not compute with it. */
export interface JsonMap {
  [name: string]: Json;
}
export type Json = string | number | boolean | null | undefined | Json[] | JsonMap;

export const POLICIES = "/beta/deviceManagement/deviceCompliancePolicies";

/** A plain Graph client of its own: undici, one token, no retries. Sends `body` as JSON and a string or Buffer as it is. */
export class GraphClient {
  readonly agent = new Agent({ connections: 32 });
  private constructor(
    readonly endpoint: string,
    readonly token: string,
  ) {}

  static async of(emulator: Pick<Emulator, "graphEndpoint" | "authority" | "app">): Promise<GraphClient> {
    return new GraphClient(emulator.graphEndpoint, await requestToken(emulator));
  }

  async call(
    method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE",
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<GraphResponse> {
    const url = path.startsWith("http") ? path : this.endpoint + path;
    const raw = typeof body === "string" || Buffer.isBuffer(body);
    const response = await request(url, {
      method,
      dispatcher: this.agent,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
    });
    const text = await response.body.text();
    return {
      status: response.statusCode,
      headers: response.headers,
      body: text === "" ? undefined : (JSON.parse(text) as Json),
    };
  }

  close(): Promise<void> {
    return this.agent.destroy();
  }
}

export async function requestToken(
  { authority, app, graphEndpoint }: Pick<Emulator, "graphEndpoint" | "authority" | "app">,
  changes: Record<string, string> = {},
): Promise<string> {
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: app.clientId,
    client_secret: app.clientSecret,
    scope: `${graphEndpoint}/.default`,
    ...changes,
  });
  const response = await fetch(`${authority}/${app.tenantId}/oauth2/v2.0/token`, { method: "POST", body: form });
  return at((await response.json()) as Json, "access_token") as string;
}

/** The value at a path of names and indexes; undefined where it ends early. */
export function at(value: Json, ...path: (string | number)[]): Json {
  return path.reduce<Json>(
    (inner, name) => (typeof inner === "object" && inner !== null ? (inner as JsonMap)[name] : undefined),
    value,
  );
}

/** The smallest policy the service takes: docs and community scripts use this rule name. */
export const NEW_POLICY = {
  "@odata.type": "#microsoft.graph.windows10CompliancePolicy",
  displayName: "Fixture policy",
  scheduledActionsForRule: [
    {
      ruleName: "PasswordRequired",
      scheduledActionConfigurations: [
        { actionType: "block", gracePeriodHours: 0, notificationTemplateId: "", notificationMessageCCList: [] },
      ],
    },
  ],
};

export async function createPolicy(client: GraphClient): Promise<string> {
  const { body } = await client.call("POST", POLICIES, NEW_POLICY);
  return at(body, "id") as string;
}

/** The request example of intune-deviceconfig-devicecompliancedevicestatus-create.md (beta), microsoftgraph/microsoft-graph-docs @ db3ad729. */
export const DOCUMENTED_REQUEST = {
  "@odata.type": "#microsoft.graph.deviceComplianceDeviceStatus",
  deviceDisplayName: "Device Display Name value",
  userName: "User Name value",
  deviceModel: "Device Model value",
  platform: 8,
  complianceGracePeriodExpirationDateTime: "2016-12-31T23:56:44.951111-08:00",
  status: "notApplicable",
  lastReportedDateTime: "2017-01-01T00:00:17.7769392-08:00",
  userPrincipalName: "User Principal Name value",
};

/** A status as small as the contract allows: the four non-nullable properties, and a name to tell it by. */
export function statusOf(deviceDisplayName: string): Record<string, unknown> {
  return {
    deviceDisplayName,
    platform: 0,
    complianceGracePeriodExpirationDateTime: "9999-12-31T23:59:59.9999999Z",
    status: "compliant",
    lastReportedDateTime: "2026-01-02T03:04:05.6789012Z",
  };
}
