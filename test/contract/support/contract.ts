import { startEmulator } from "intune-emulator";
import type { Emulator, EmulatorOptions } from "intune-emulator";
import { at, GraphClient } from "../../unit/emulator/support/graphClient";
import type { GraphResponse, Json, JsonMap } from "../../unit/emulator/support/graphClient";
import { propertiesOf } from "./entityTypes";
import type { Version } from "./facts";
import { oneOf } from "./sampleValues";

/** Every permission the covered routes ask for; source: the pages of the three status resources. */
const ROLES = ["DeviceManagementConfiguration.ReadWrite.All", "DeviceManagementApps.ReadWrite.All"];

export const APP = {
  tenantId: "c0000000-0000-4000-8000-000000000001",
  clientId: "c0000000-0000-4000-8000-000000000002",
  clientSecret: "contract",
  roles: ROLES,
};

/** The smallest compliance policy Intune takes: microsoft-graph-docs #7746 and #4103. */
export function policyBody(odataType = "windows10CompliancePolicy"): JsonMap {
  return {
    "@odata.type": `#microsoft.graph.${odataType}`,
    displayName: "Contract",
    scheduledActionsForRule: [
      { ruleName: "PasswordRequired", scheduledActionConfigurations: [{ actionType: "block", gracePeriodHours: 0 }] },
    ],
  };
}

/** What to post to make an entity that others are contained in, by the placeholder of its key in the route list. */
const CONTAINERS: Readonly<Record<string, () => JsonMap>> = {
  "deviceCompliancePolicy-id": policyBody,
  "deviceCompliancePolicySettingStateSummary-id": () => smallestOf("deviceCompliancePolicySettingStateSummary", "v1.0"),
  "deviceConfiguration-id": () => ({
    "@odata.type": "#microsoft.graph.windows10GeneralConfiguration",
    displayName: "Contract",
  }),
  "managedDeviceMobileAppConfiguration-id": () => ({
    "@odata.type": "#microsoft.graph.iosMobileAppConfiguration",
    displayName: "Contract",
  }),
  "iosLobAppProvisioningConfiguration-id": () => ({
    "@odata.type": "#microsoft.graph.iosLobAppProvisioningConfiguration",
    displayName: "Contract",
  }),
};

/** An emulator, a client of it, and a container of each kind, made when first asked for. */
export class Contract {
  private readonly containers = new Map<string, Promise<string>>();
  private constructor(
    readonly emulator: Emulator,
    readonly client: GraphClient,
  ) {}

  static async start(options: EmulatorOptions = {}): Promise<Contract> {
    const emulator = await startEmulator({ apps: [APP], ...options });
    return new Contract(emulator, await GraphClient.of(emulator));
  }

  async stop(): Promise<void> {
    await this.client.close();
    await this.emulator.close();
  }

  /** The path of a route with the keys of its containers filled in; a last `{…}` is left off. */
  async pathOf(version: Version, route: string): Promise<string> {
    let path = `/${version}`;
    for (const segment of route
      .replace(/\/\{[^}]*\}$/, "")
      .split("/")
      .slice(1)) {
      const key = segment.startsWith("{") ? segment.slice(1, -1) : undefined;
      const container = key === undefined ? segment : await this.containerOf(path, key);
      if (container === undefined) throw new Error(`the test knows no container ${segment}`);
      path += `/${container}`;
    }
    return path;
  }

  /** The id of the one container in a collection, made when first asked for; undefined for a key that is no container's. */
  containerOf(collection: string, key: string): Promise<string> | undefined {
    const body = CONTAINERS[key];
    if (body === undefined) return undefined;
    const known = this.containers.get(collection) ?? this.create(collection, body());
    this.containers.set(collection, known);
    return known;
  }

  private async create(collection: string, body: JsonMap): Promise<string> {
    const { status, body: created } = await this.client.call("POST", collection, body);
    if (status !== 201) throw new Error(`POST ${collection} answered ${status}: ${JSON.stringify(created)}`);
    return at(created, "id") as string;
  }
}

/** An entity with its non-nullable properties only. */
export function smallestOf(typeName: string, version: Version): JsonMap {
  const needed = propertiesOf(typeName, version).filter(([, { nullable }]) => !nullable);
  return Object.fromEntries(needed.map(([name, { type }]) => [name, oneOf(type, version)]));
}

/** A 400 in the service's shape whose text names the property. */
export function expectRefused(response: GraphResponse, property: string, sent: Json): void {
  const seen = { sent, status: response.status, code: at(response.body, "error", "code") };
  expect(seen).toEqual({ sent, status: 400, code: "BadRequest" });
  expect(Object.keys(at(response.body, "error") as object)).toEqual(["code", "message", "innerError"]);
  const text = at(JSON.parse(at(response.body, "error", "message") as string) as Json, "Message") as string;
  expect(text).toMatch(new RegExp(`'${property.replace(".", "\\.")}'`));
}
