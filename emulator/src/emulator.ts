import { deviceStatusStore } from "./deviceStatusStore";
import type { DeviceStatusStore } from "./deviceStatusStore";
import type { Emulation } from "./emulation";
import { dispatch } from "./http/dispatch";
import { openEndpoints } from "./http/endpoints";
import type { Endpoints, HttpsEndpoint } from "./http/endpoints";
import { HttpServer } from "./http/server";
import type { Dispatch } from "./http/server";
import { AccessTokens } from "./identity/accessTokens";
import { PipelineIssuer } from "./identity/pipelineIssuer";
import { toSettings } from "./options";
import type { EmulatorApp, EmulatorOptions, Profile, Settings } from "./options";
import { Clock } from "./world/clock";
import { openDataFolder } from "./world/dataFolder";
import { Faults } from "./world/faults";
import type { FaultRule } from "./world/faults";
import { Journal } from "./world/journal";
import type { JournalEntry } from "./world/journal";
import { Quota } from "./world/quota";
import { Tenants } from "./world/tenants";
import { World } from "./world/world";

export interface Emulator {
  /** Clients append /beta/… or /v1.0/… */
  readonly graphEndpoint: string;
  /** Base of the token endpoint: `{authority}/{tenantId}/oauth2/v2.0/token`. */
  readonly authority: string;
  readonly port: number;
  /** Undefined without the option `https`. With it, `graphEndpoint` is a proxy for clients that can only be pointed by one. */
  readonly https: HttpsEndpoint | undefined;
  /** The first application. */
  readonly app: EmulatorApp;
  readonly journal: { entries(): readonly JournalEntry[]; clear(): void };
  readonly faults: { add(rule: FaultRule): void; clear(): void };
  readonly store: DeviceStatusStore;
  setProfile(profile: Profile): void;
  /** Finishes the requests under way, ends all connections, closes the data folder. */
  close(): Promise<void>;
}

/** @throws {StartError} when an option, a port or the data folder cannot be used. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const settings = toSettings(options);
  const closing = new AbortController();
  let provide: (dispatch: Dispatch) => void = () => undefined;
  const server = new HttpServer(new Promise((resolve) => (provide = resolve)));
  try {
    // The ports first: when one is taken, no data folder has been made or locked.
    const endpoints = await openEndpoints(server, settings);
    const clock = new Clock();
    const emulation: Emulation = {
      settings,
      profile: settings.profile,
      clock,
      tenants: await openTenants(settings),
      tokens: new AccessTokens(clock, settings.tokenLifetimeSeconds),
      pipelines: new PipelineIssuer(clock),
      faults: new Faults(),
      journal: new Journal(),
      quota: settings.quota ? new Quota(settings.quotaTimeScale) : undefined,
      closing: closing.signal,
    };
    provide((request) => dispatch(request, emulation));
    return handleOf(emulation, endpoints, async () => {
      closing.abort();
      await server.close();
      await emulation.tenants.close();
    });
  } catch (error) {
    provide(() => Promise.resolve("dropped"));
    await server.close();
    throw error;
  }
}

function handleOf(emulation: Emulation, endpoints: Endpoints, close: () => Promise<void>): Emulator {
  const { settings, journal, faults } = emulation;
  let closed: Promise<void> | undefined;
  return {
    ...endpoints,
    authority: endpoints.graphEndpoint,
    app: settings.app,
    journal,
    faults,
    store: deviceStatusStore(emulation),
    setProfile: (profile) => {
      emulation.profile = profile;
    },
    close: () => (closed ??= close()),
  };
}

async function openTenants({ data, app, apps }: Settings): Promise<Tenants> {
  const inMemory = apps.map(({ tenantId }) => [tenantId, new World(undefined, [])] as const);
  if (data === undefined) return new Tenants(inMemory);
  const { storage, stored } = await openDataFolder(data);
  return new Tenants([...inMemory, [app.tenantId, new World(storage, stored)]]);
}
