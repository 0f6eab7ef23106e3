import { promises } from "node:fs";
import { extname } from "node:path";
import { InputError } from "../inputError";
import { parseJson } from "../model/jsonText";
import { StartError } from "../startError";
import { reasonOf } from "../thrown";
import type { Clock } from "../world/clock";
import type { World } from "../world/world";
import { plant, readSeed } from "./seed";
import type { SeedItems } from "./seed";
import { readSeedCsv } from "./seedCsv";

/** Seeds a tenant that holds nothing; one that does has been seeded before and stays as it is. @throws {StartError} naming file and cause. */
export async function seedFromFile(path: string, world: World, clock: Clock): Promise<void> {
  try {
    const items = readItems(extname(path).toLowerCase(), await promises.readFile(path));
    if (world.collections().length === 0) await plant(world, items, clock.nowDateTime());
  } catch (error) {
    throw new StartError(
      `seed ${path} cannot be used: ${error instanceof InputError ? error.message : reasonOf(error)}`,
    );
  }
}

function readItems(extension: string, bytes: Buffer): SeedItems {
  if (extension === ".csv") return readSeedCsv(bytes.toString("utf8"));
  if (extension !== ".json") throw new InputError("its name must end in .json or .csv");
  const value = parseJson(bytes);
  if (value === undefined) throw new InputError("it is not valid JSON");
  return readSeed(value);
}
