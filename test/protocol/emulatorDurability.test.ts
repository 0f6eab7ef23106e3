import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { killAll, startProcess } from "../unit/emulator/support/emulatorProcess";
import type { EmulatorProcess } from "../unit/emulator/support/emulatorProcess";
import { at, createPolicy, GraphClient, POLICIES, statusOf } from "../unit/emulator/support/graphClient";
import type { Json } from "../unit/emulator/support/graphClient";

const KILLS = 20;
const WRITERS = 16;
/** Uneven, so that the kill meets each run somewhere else. */
const writesBeforeKill = (round: number): number => 40 + ((round * 37) % 90);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "intune-emulator-"));
});
afterEach(async () => {
  await killAll();
  rmSync(folder, { recursive: true });
});

async function listAll(client: GraphClient, path: string): Promise<Map<string, Json>> {
  const entities = new Map<string, Json>();
  let next: string | undefined = `${path}?$top=999`;
  while (next !== undefined) {
    const { body } = await client.call("GET", next);
    for (const entity of at(body, "value") as Json[]) entities.set(at(entity, "id") as string, entity);
    next = at(body, "@odata.nextLink") as string | undefined;
  }
  return entities;
}

/** What the writers know: of each row what it must be, and of those whose last write was not acknowledged what it may be. */
class Ledger {
  readonly acknowledged = new Map<string, Json>();
  readonly deleted = new Set<string>();
  /** Undefined: gone. */
  readonly inDoubt = new Map<string, (Json | undefined)[]>();
  writes = 0;

  settle(id: string, entity: Json | undefined): void {
    this.inDoubt.delete(id);
    if (entity === undefined) this.deleted.add(id);
    else this.acknowledged.set(id, entity);
    this.writes++;
  }

  doubt(id: string, outcome: Json | undefined): void {
    this.inDoubt.set(id, [this.acknowledged.get(id), outcome]);
    this.acknowledged.delete(id);
  }
}

/** Creates; of what it created it changes every third and deletes every fifth. Ends when the emulator is gone. */
async function write(
  client: GraphClient,
  statuses: string,
  name: string,
  ledger: Ledger,
  kill: () => void,
): Promise<void> {
  for (let index = 0; ; index++) {
    const { body: created } = await client.call("POST", statuses, statusOf(`${name}-${index}`));
    const id = at(created, "id") as string;
    ledger.settle(id, created);
    if (index % 3 === 0) {
      const changed = { ...(created as object), status: "error" };
      ledger.doubt(id, changed);
      await client.call("PATCH", `${statuses}/${id}`, { status: "error" });
      ledger.settle(id, changed);
    }
    if (index % 5 === 0) {
      ledger.doubt(id, undefined);
      await client.call("DELETE", `${statuses}/${id}`);
      ledger.settle(id, undefined);
    }
    kill();
  }
}

/** Writes until the emulator has been killed in the middle of it. */
async function writeUntilKilled(
  emulator: EmulatorProcess,
  statuses: string,
  round: number,
  ledger: Ledger,
): Promise<void> {
  const client = await GraphClient.of(emulator);
  const enough = ledger.writes + writesBeforeKill(round);
  const kill = (): void => {
    if (ledger.writes >= enough) emulator.child.kill("SIGKILL");
  };
  const writers = Array.from({ length: WRITERS }, (_, writer) =>
    write(client, statuses, `${round}-${writer}`, ledger, kill),
  );
  const ends = await Promise.allSettled(writers);
  expect(ends.map(({ status }) => status)).toEqual(Array(WRITERS).fill("rejected"));
  expect((await emulator.ended).signal).toBe("SIGKILL");
  await client.close();
}

/** Compares what is there with what must be; a row nobody was told of is a whole one of the `WRITERS` that were under way. */
function check(found: ReadonlyMap<string, Json>, ledger: Ledger): void {
  const text = (value: Json | undefined): string => (value === undefined ? "gone" : JSON.stringify(value));
  const wrong = [...ledger.acknowledged].filter(([id, entity]) => text(found.get(id)) !== text(entity));
  expect(wrong).toEqual([]);
  expect([...ledger.deleted].filter((id) => found.has(id))).toEqual([]);
  for (const [id, outcomes] of ledger.inDoubt) expect(outcomes.map(text)).toContain(text(found.get(id)));
  const untold = [...found].filter(([id]) => !ledger.acknowledged.has(id) && !ledger.inDoubt.has(id));
  expect(untold.length).toBeLessThanOrEqual(WRITERS);
  for (const [, row] of untold) {
    expect(row).toMatchObject(statusOf(at(row, "deviceDisplayName") as string));
    expect(at(row, "deviceDisplayName")).toMatch(/^\d+-\d+-\d+$/);
  }
}

test("kill -9 under load, 20 times: every acknowledged write is there after a restart, and no half row", async () => {
  const ledger = new Ledger();
  let statuses = "";
  for (let round = 0; round <= KILLS; round++) {
    const emulator = await startProcess("--data", folder);
    const client = await GraphClient.of(emulator);
    if (round === 0) statuses = `${POLICIES}/${await createPolicy(client)}/deviceStatuses`;
    const found = await listAll(client, statuses);
    check(found, ledger);
    await client.close();
    // From here on what was in doubt is known, and what nobody was told of is there like any other row.
    ledger.inDoubt.clear();
    for (const [id, row] of found) ledger.acknowledged.set(id, row);
    if (round < KILLS) {
      await writeUntilKilled(emulator, statuses, round, ledger);
    } else {
      emulator.child.kill("SIGTERM");
      expect((await emulator.ended).code).toBe(0);
    }
  }
  const fewest = Array.from({ length: KILLS }, (_, round) => writesBeforeKill(round)).reduce((sum, one) => sum + one);
  expect(ledger.writes).toBeGreaterThanOrEqual(fewest);
}, 120_000);
