import { readFaultRules } from "./control/faultRule";
import type { Emulation } from "./emulation";
import { AccessTokens } from "./identity/accessTokens";
import { PipelineIssuer } from "./identity/pipelineIssuer";
import { InputError } from "./inputError";
import type { Settings } from "./options";
import { StartError } from "./startError";
import { seedFromFile } from "./state/seedFile";
import { Clock, parseDateTimeMs } from "./world/clock";
import { openDataFolder } from "./world/dataFolder";
import { Faults } from "./world/faults";
import { Journal } from "./world/journal";
import { Quota } from "./world/quota";
import { Tenants } from "./world/tenants";
import { TimeTravel } from "./world/timeTravel";
import { Visibility } from "./world/visibility";
import { World } from "./world/world";

/** Everything of an emulator but its server. @throws {StartError} when the data folder, the seed, the clock or a fault rule cannot be used. */
export async function startEmulation(settings: Settings, closing: AbortSignal): Promise<Emulation> {
  const clock = orStartError("clock", () => startClock(settings));
  const faults = new Faults(settings.seed);
  for (const rule of orStartError("faults", () => readFaultRules(settings.faults))) faults.add(rule);
  const tenants = await openTenants(settings);
  try {
    if (settings.seedData !== undefined)
      await seedFromFile(settings.seedData, tenants.worldOf(settings.app.tenantId), clock);
  } catch (error) {
    await tenants.close();
    throw error;
  }
  const quota = settings.quota ? new Quota(settings.quotaTimeScale) : undefined;
  return {
    settings,
    profile: settings.profile,
    clock,
    timeTravel: new TimeTravel(clock, tenants, quota),
    tenants,
    tokens: new AccessTokens(clock, settings.tokenLifetimeSeconds),
    pipelines: new PipelineIssuer(clock),
    faults,
    visibility: new Visibility(clock),
    journal: new Journal(),
    quota,
    closing,
  };
}

/** It may begin before the machine's time, since nothing has happened yet. */
function startClock({ clock: dateTime }: Settings): Clock {
  const clock = new Clock();
  if (dateTime !== undefined) clock.move(parseDateTimeMs("the start", dateTime) - clock.nowMs());
  return clock;
}

async function openTenants({ data, app, apps }: Settings): Promise<Tenants> {
  const ids = apps.map(({ tenantId }) => tenantId);
  if (data === undefined) return new Tenants(ids.map((id) => [id, new World(undefined, [])]));
  const folder = await openDataFolder(data, app.tenantId);
  const worlds = new Map<string, World>();
  for (const id of ids.map((one) => one.toLowerCase())) {
    const { storage, stored } = folder.tenant(id);
    if (!worlds.has(id)) worlds.set(id, new World(storage, stored));
  }
  return new Tenants(worlds, () => folder.close());
}

function orStartError<Result>(option: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw error instanceof InputError ? new StartError(`${option}: ${error.message}`) : error;
  }
}
