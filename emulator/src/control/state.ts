import type { EmulatorRequest } from "../http/exchange";
import { jsonAnswer } from "../http/exchange";
import { plant, readSeed } from "../state/seed";
import type { SeedItems } from "../state/seed";
import { readSeedCsv } from "../state/seedCsv";
import { readSnapshot, restoreSnapshot, toSnapshot } from "../state/snapshot";
import { bytesOf, ControlError, jsonBodyOf, mediaTypeOf, noContent, tenantOf } from "./controlAnswer";
import type { ControlHandler } from "./controlAnswer";

const show: ControlHandler = (emulation, request) => {
  const { tenantId, world } = tenantOf(emulation, request);
  return jsonAnswer(200, toSnapshot(tenantId, world));
};

const restore: ControlHandler = async (emulation, request) => {
  const { world } = tenantOf(emulation, request);
  await restoreSnapshot(world, readSnapshot(jsonBodyOf(request)));
  return noContent;
};

const reset: ControlHandler = async (emulation, request) => {
  await tenantOf(emulation, request).world.reset();
  return noContent;
};

const seed: ControlHandler = async (emulation, request) => {
  const { world } = tenantOf(emulation, request);
  return jsonAnswer(201, await plant(world, seedOf(request), emulation.clock.nowDateTime()));
};

function seedOf(request: EmulatorRequest): SeedItems {
  switch (mediaTypeOf(request)) {
    case "application/json":
      return readSeed(jsonBodyOf(request));
    case "text/csv":
      return readSeedCsv(bytesOf(request).toString("utf8"));
    default:
      throw new ControlError(415, "UnsupportedMediaType", "The Content-Type must be application/json or text/csv.");
  }
}

export const STATE_ROUTES = {
  "/_emulator/snapshot": { GET: show, PUT: restore, DELETE: reset },
  "/_emulator/seed": { POST: seed },
};
