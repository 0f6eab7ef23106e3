import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDataFolder } from "../../../emulator/src/world/dataFolder";
import { World } from "../../../emulator/src/world/world";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "intune-emulator-"));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

async function open(folder: string): Promise<World> {
  const { storage, stored } = await openDataFolder(folder);
  return new World(storage, stored);
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

test("a folder in use is refused, and not harmed", async () => {
  const first = await open(root);
  await expect(openDataFolder(root)).rejects.toThrow(/is in use by another emulator: stop that one/);
  await first.put("policies", { id: "p" });
  await first.close();
  const again = await open(root);
  expect(again.count("policies")).toBe(1);
  await again.close();
});

test("a folder with someone else's files is refused, and stays as it was", async () => {
  writeFileSync(join(root, "thesis.txt"), "x");
  await expect(openDataFolder(root)).rejects.toThrow(/holds files that are not the emulator's: choose an empty folder/);
  expect(readdirSync(root)).toEqual(["thesis.txt"]);
});

test("a folder of a newer version is refused, and stays as it was", async () => {
  const text = '{"formatVersion":2,"more":true}';
  writeFileSync(join(root, "intune-emulator.json"), text);
  await expect(openDataFolder(root)).rejects.toThrow(
    /newer version of the emulator \(format 2, this one knows 1\): upgrade/,
  );
  expect(readdirSync(root)).toEqual(["intune-emulator.json"]);
  expect(readFileSync(join(root, "intune-emulator.json"), "utf8")).toBe(text);
});

test.each(["", "{", '{"formatVersion":"1"}', '{"formatVersion":0}'])(
  "a format file of %j is named as damaged",
  async (text) => {
    writeFileSync(join(root, "intune-emulator.json"), text);
    await expect(openDataFolder(root)).rejects.toThrow(/damaged intune-emulator\.json/);
  },
);

test("a start that was cut off before the format file was in place does not stop the next one", async () => {
  writeFileSync(join(root, "intune-emulator.json.new"), '{"form');
  const world = await open(root);
  await world.close();
  expect(readFileSync(join(root, "intune-emulator.json"), "utf8")).toBe('{"formatVersion":1}\n');
});

test("a folder below a regular file, or that is one, is refused with cause and fix", async () => {
  const file = join(root, "file");
  writeFileSync(file, "x");
  await expect(openDataFolder(join(file, "sub", "sub"))).rejects.toThrow(
    /cannot be created \(ENOTDIR.*choose a folder you can write/,
  );
  await expect(openDataFolder(file)).rejects.toThrow(/cannot be used \(ENOTDIR.*choose a folder you can write/);
});

test("a damaged database is refused with cause and fix", async () => {
  const world = await open(root);
  await world.put("policies", { id: "p" });
  await world.close();
  mkdirSync(join(root, "other"));
  writeFileSync(join(root, "leveldb", "CURRENT"), "nonsense");
  await expect(openDataFolder(root)).rejects.toThrow(/cannot be opened \(.*choose a folder/);
});
