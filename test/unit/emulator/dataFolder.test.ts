import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDataFolder } from "../../../emulator/src/world/dataFolder";
import { openEntityDatabase } from "../../../emulator/src/world/entityDatabase";
import { World } from "../../../emulator/src/world/world";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "intune-emulator-"));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

const TENANT = "AAAAAAAA-0000-4000-8000-000000000001";
const OTHER = "bbbbbbbb-0000-4000-8000-000000000002";

type OpenWorld = World & { close(): Promise<void> };

async function open(folder: string, tenantId = TENANT): Promise<OpenWorld> {
  const data = await openDataFolder(folder, tenantId);
  const { storage, stored } = data.tenant(tenantId);
  const world = new World(storage, stored);
  return Object.assign(world, { close: () => world.settled().then(() => data.close()) });
}

test("what was put, changed and deleted is as it was after opening again, in order", async () => {
  const folder = join(root, "deep", "er");
  const first = await open(folder);
  await first.put("policies", { id: "p" });
  for (const id of ["z", "y", "x"]) await first.put("policies/p/rows", { id, text: `ö"\n${id}` });
  await first.merge("policies/p/rows", "y", { text: null });
  await first.delete("policies/p/rows", "z");
  await first.close();
  const second = await open(folder);
  expect(second.list("policies/p/rows")).toEqual([
    { id: "y", text: null },
    { id: "x", text: 'ö"\nx' },
  ]);
  await second.put("policies/p/rows", { id: "w" });
  expect(second.list("policies/p/rows").map(({ id }) => id)).toEqual(["y", "x", "w"]);
  await second.delete("policies", "p");
  await second.close();
  const third = await open(folder);
  expect([third.count("policies"), third.count("policies/p/rows")]).toEqual([0, 0]);
  await third.close();
});

test("tenants live side by side in one folder; one that is not asked for stays", async () => {
  const data = await openDataFolder(root, TENANT);
  for (const tenantId of [TENANT, OTHER]) {
    const { storage, stored } = data.tenant(tenantId);
    const world = new World(storage, stored);
    await world.put("policies", { id: tenantId });
    await world.put("policies", { id: "same" });
  }
  await data.close();
  const first = await open(root);
  expect(first.list("policies").map(({ id }) => id)).toEqual([TENANT, "same"]);
  await first.delete("policies", "same");
  await first.close();
  const second = await open(root, OTHER.toUpperCase());
  expect(second.list("policies").map(({ id }) => id)).toEqual([OTHER, "same"]);
  await second.close();
});

/** What version 1 of the format wrote: keys without a tenant. */
async function writeFormat1(folder: string, formatVersion: number): Promise<void> {
  const database = await openEntityDatabase(join(folder, "leveldb"), folder);
  const entry = (id: string) => JSON.stringify({ collection: "policies", entity: { id } });
  await database.batch([
    { type: "put", key: "0000000000000007", value: entry("seventh") },
    { type: "put", key: "0000000000000003", value: entry("third") },
  ]);
  await database.close();
  writeFileSync(join(folder, "intune-emulator.json"), `${JSON.stringify({ formatVersion })}\n`);
}

// The second: the process ended after it had written the new format's number and before it had moved the entries.
test.each([1, 2])(
  "a folder of format 1 becomes the first tenant's, in order (format file %i)",
  async (formatVersion) => {
    await writeFormat1(root, formatVersion);
    const world = await open(root);
    expect(world.list("policies")).toEqual([{ id: "third" }, { id: "seventh" }]);
    await world.put("policies", { id: "eighth" });
    await world.close();
    expect(readFileSync(join(root, "intune-emulator.json"), "utf8")).toBe('{"formatVersion":2}\n');
    const other = await open(root, OTHER);
    expect(other.count("policies")).toBe(0);
    await other.close();
    const again = await open(root);
    expect(again.list("policies").map(({ id }) => id)).toEqual(["third", "seventh", "eighth"]);
    await again.close();
  },
);

test("a folder in use is refused, and not harmed", async () => {
  const first = await open(root);
  await expect(openDataFolder(root, TENANT)).rejects.toThrow(/is in use by another emulator: stop that one/);
  await first.put("policies", { id: "p" });
  await first.close();
  const again = await open(root);
  expect(again.count("policies")).toBe(1);
  await again.close();
});

test("a folder with someone else's files is refused, and stays as it was", async () => {
  writeFileSync(join(root, "thesis.txt"), "x");
  await expect(openDataFolder(root, TENANT)).rejects.toThrow(
    /holds files that are not the emulator's: choose an empty folder/,
  );
  expect(readdirSync(root)).toEqual(["thesis.txt"]);
});

test("a folder of a newer version is refused, and stays as it was", async () => {
  const text = '{"formatVersion":3,"more":true}';
  writeFileSync(join(root, "intune-emulator.json"), text);
  await expect(openDataFolder(root, TENANT)).rejects.toThrow(
    /newer version of the emulator \(format 3, this one knows 2\): upgrade/,
  );
  expect(readdirSync(root)).toEqual(["intune-emulator.json"]);
  expect(readFileSync(join(root, "intune-emulator.json"), "utf8")).toBe(text);
});

test.each(["", "{", '{"formatVersion":"1"}', '{"formatVersion":0}'])(
  "a format file of %j is named as damaged",
  async (text) => {
    writeFileSync(join(root, "intune-emulator.json"), text);
    await expect(openDataFolder(root, TENANT)).rejects.toThrow(/damaged intune-emulator\.json/);
  },
);

test("a start that was cut off before the format file was in place does not stop the next one", async () => {
  writeFileSync(join(root, "intune-emulator.json.new"), '{"form');
  const world = await open(root);
  await world.close();
  expect(readFileSync(join(root, "intune-emulator.json"), "utf8")).toBe('{"formatVersion":2}\n');
});

test("a folder below a regular file, or that is one, is refused with cause and fix", async () => {
  const file = join(root, "file");
  writeFileSync(file, "x");
  await expect(openDataFolder(join(file, "sub", "sub"), TENANT)).rejects.toThrow(
    /cannot be created \(ENOTDIR.*choose a folder you can write/,
  );
  await expect(openDataFolder(file, TENANT)).rejects.toThrow(/cannot be used \(ENOTDIR.*choose a folder you can write/);
});

test("a damaged database is refused with cause and fix", async () => {
  const world = await open(root);
  await world.put("policies", { id: "p" });
  await world.close();
  mkdirSync(join(root, "other"));
  writeFileSync(join(root, "leveldb", "CURRENT"), "nonsense");
  await expect(openDataFolder(root, TENANT)).rejects.toThrow(/cannot be opened \(.*choose a folder/);
});
