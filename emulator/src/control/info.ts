import type { EmulatorApp } from "../registeredApps";
import { jsonAnswer } from "../http/exchange";
import { ownVersion } from "../ownVersion";
import type { ControlHandler } from "./controlAnswer";

const show: ControlHandler = ({ settings, profile, timeTravel, quota, journal }, { origin }) =>
  jsonAnswer(200, {
    version: ownVersion(),
    profile,
    graphEndpoint: origin,
    authority: origin,
    tenants: tenantsOf(settings.apps),
    clock: timeTravel.now(),
    quota: quota !== undefined,
    requests: { lastIndex: journal.lastIndex },
  });

function tenantsOf(apps: readonly EmulatorApp[]): { tenantId: string; clientIds: string[] }[] {
  const clientIds = new Map<string, string[]>();
  for (const { tenantId, clientId } of apps) {
    const key = tenantId.toLowerCase();
    clientIds.set(key, [...(clientIds.get(key) ?? []), clientId]);
  }
  return [...clientIds].map(([tenantId, ids]) => ({ tenantId, clientIds: ids }));
}

export const INFO_ROUTES = { "/_emulator/info": { GET: show } };
