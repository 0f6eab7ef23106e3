import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { killAll, startProcess } from "../unit/emulator/support/emulatorProcess";
import { at, createPolicy, GraphClient, POLICIES, statusOf } from "../unit/emulator/support/graphClient";
import type { Json } from "../unit/emulator/support/graphClient";

const WRITERS = 16;
const ACKNOWLEDGED_BEFORE_KILL = 250;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "intune-emulator-"));
});
afterEach(async () => {
  await killAll();
  rmSync(folder, { recursive: true });
});

async function listAll(client: GraphClient, path: string): Promise<Map<Json, Json>> {
  const entities = new Map<Json, Json>();
  let next: string | undefined = `${path}?$top=999`;
  while (next !== undefined) {
    const { body } = await client.call("GET", next);
    for (const entity of at(body, "value") as Json[]) entities.set(at(entity, "id"), entity);
    next = at(body, "@odata.nextLink") as string | undefined;
  }
  return entities;
}

test("kill -9 under load: every create, change and delete that was acknowledged is there after a restart", async () => {
  const first = await startProcess("--data", folder);
  const client = await GraphClient.of(first);
  const statuses = `${POLICIES}/${await createPolicy(client)}/deviceStatuses`;
  const acknowledged = new Map<string, Json>();
  const deleted: string[] = [];
  let writes = 0;

  /** Creates; of what it created it changes every third and deletes every fifth. Ends when the emulator is gone. */
  const write = async (writer: number): Promise<void> => {
    for (let index = 0; ; index++) {
      const created = await client.call("POST", statuses, statusOf(`${writer}-${index}`));
      const id = at(created.body, "id") as string;
      acknowledged.set(id, created.body);
      writes++;
      if (index % 3 === 0) {
        acknowledged.delete(id); // in doubt while the change is under way
        const changed = await client.call("PATCH", `${statuses}/${id}`, { status: "error" });
        acknowledged.set(id, changed.body);
        writes++;
      }
      if (index % 5 === 0) {
        acknowledged.delete(id);
        await client.call("DELETE", `${statuses}/${id}`);
        deleted.push(id);
        writes++;
      }
      if (writes >= ACKNOWLEDGED_BEFORE_KILL) first.child.kill("SIGKILL");
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
  expect(ends.map(({ status }) => status)).toEqual(Array(WRITERS).fill("rejected"));
  expect((await first.ended).signal).toBe("SIGKILL");
  await client.close();

  const second = await startProcess("--data", folder);
  const reader = await GraphClient.of(second);
  const found = await listAll(reader, statuses);
  expect(writes).toBeGreaterThanOrEqual(ACKNOWLEDGED_BEFORE_KILL);
  expect([...acknowledged].filter(([id, entity]) => JSON.stringify(found.get(id)) !== JSON.stringify(entity))).toEqual(
    [],
  );
  expect(deleted.filter((id) => found.has(id))).toEqual([]);
  // Unacknowledged: at most the one request each writer was waiting for.
  expect(found.size - acknowledged.size).toBeLessThanOrEqual(WRITERS);
  await reader.close();
  second.child.kill("SIGTERM");
  expect((await second.ended).code).toBe(0);
});
