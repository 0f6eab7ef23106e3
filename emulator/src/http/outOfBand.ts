import type { Emulation } from "../emulation";
import { isJsonObject } from "../model/json";
import type { HideFault, OutOfBandFault } from "../world/fault";
import type { World } from "../world/world";
import type { Answer, EmulatorRequest } from "./exchange";

/** Hides what the answer says has been created. */
export function hideCreated({ hide }: HideFault, answer: Answer, { tenants, visibility }: Emulation): void {
  const id = idOf(answer);
  const found = answer.status === 201 && id !== undefined ? locate(tenants.all(), id) : undefined;
  if (id !== undefined && found !== undefined) visibility.hide(found.world, found.collection, id, hide);
}

/** Edits the entity the fault names, else the one the answer tells of, else the one the request addressed. */
export async function editOutOfBand(
  { outOfBand }: OutOfBandFault,
  answer: Answer,
  request: EmulatorRequest,
  { tenants }: Emulation,
): Promise<void> {
  const id = outOfBand.id ?? idOf(answer) ?? lastKeyOf(request.path);
  const found = locate(tenants.all(), id);
  if (found === undefined) return;
  if ("delete" in outOfBand) await found.world.delete(found.collection, id);
  else await found.world.merge(found.collection, id, outOfBand.set);
}

function idOf({ body }: Answer): string | undefined {
  return isJsonObject(body) && typeof body["id"] === "string" ? body["id"] : undefined;
}

/** Of `…/name('key')` or `…/key`; anything else that ends a path is nobody's id. */
function lastKeyOf(path: string): string {
  const last = path.slice(path.lastIndexOf("/") + 1);
  return /\('(.*)'\)$/s.exec(last)?.[1] ?? last;
}

/** Ids are the service's own and nowhere given twice, so any tenant may be searched. */
function locate(worlds: readonly World[], id: string): { world: World; collection: string } | undefined {
  for (const world of worlds) {
    const collection = world.collections().find((path) => world.find(path, id) !== undefined);
    if (collection !== undefined) return { world, collection };
  }
  return undefined;
}
