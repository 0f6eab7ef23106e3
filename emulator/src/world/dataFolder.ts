import { createRequire } from "node:module";
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import type * as ClassicLevelModule from "classic-level";
import { isEntity } from "../model/entityType";
import { isJsonObject } from "../model/json";
import { StartError } from "../startError";
import { codeOf, reasonOf } from "../thrown";
import type { SequencedEntity } from "./entitySet";
import type { Change, CollectionPath } from "./staging";
import type { Storage } from "./world";

type Database = ClassicLevelModule.ClassicLevel;

/** Written once per folder; a higher number is a layout this version cannot read. */
const FORMAT_VERSION = 1;
const FORMAT_FILE = "intune-emulator.json";
const DATABASE_FOLDER = "leveldb";
/** Keys sort as text, so numbers are padded to the digits of Number.MAX_SAFE_INTEGER. */
const SEQUENCE_DIGITS = 16;

export interface StoredEntity {
  readonly collection: CollectionPath;
  readonly item: SequencedEntity;
}

/** Opens or makes the folder of an emulator's state. Nothing is written into a folder that is not the emulator's own. */
export async function openDataFolder(folder: string): Promise<{ storage: Storage; stored: StoredEntity[] }> {
  const path = resolve(folder);
  makeFolder(path);
  checkFormat(path);
  const database = await openDatabase(path);
  try {
    return { storage: storageOf(database), stored: await readAll(database) };
  } catch (error) {
    await database.close();
    throw new StartError(
      `data folder ${path} cannot be read (${reasonOf(error)}): restore it, or choose another with --data`,
    );
  }
}

/** One directory at a time: Node's recursive mkdir never returns where the name is not allowed (nodejs/node #36490; on Linux below /proc, Node 20.20). */
function makeFolder(path: string): void {
  try {
    if (statSync(path, { throwIfNoEntry: false }) !== undefined) return;
    if (dirname(path) !== path) makeFolder(dirname(path));
    mkdirSync(path);
  } catch (error) {
    if (codeOf(error) === "EEXIST") return;
    if (error instanceof StartError) throw error;
    throw new StartError(
      `data folder ${path} cannot be created (${reasonOf(error)}): choose a folder you can write with --data`,
    );
  }
}

function checkFormat(path: string): void {
  const file = join(path, FORMAT_FILE);
  const text = readFormatFile(path, file);
  if (text === undefined) return;
  const version = formatVersionOf(text);
  if (version === FORMAT_VERSION) return;
  if (version !== undefined && version > FORMAT_VERSION) {
    throw new StartError(
      `data folder ${path} was written by a newer version of the emulator (format ${version}, this one knows ${FORMAT_VERSION}): ` +
        "upgrade intune-emulator, or choose another folder with --data",
    );
  }
  throw new StartError(
    `data folder ${path} has a damaged ${FORMAT_FILE}: restore it, or choose another folder with --data`,
  );
}

/** The format file's text; undefined when the folder was empty and the file has just been written. */
function readFormatFile(path: string, file: string): string | undefined {
  try {
    const names = readdirSync(path);
    if (names.includes(FORMAT_FILE)) return readFileSync(file, "utf8");
    if (names.every((name) => name === `${FORMAT_FILE}.new`)) {
      writeFormatFile(file);
      return undefined;
    }
  } catch (error) {
    throw new StartError(
      `data folder ${path} cannot be used (${reasonOf(error)}): choose a folder you can write with --data`,
    );
  }
  throw new StartError(
    `data folder ${path} holds files that are not the emulator's: choose an empty folder with --data`,
  );
}

/** Renamed into place, so that a crash leaves either no file or a whole one. */
function writeFormatFile(file: string): void {
  const descriptor = openSync(`${file}.new`, "w");
  try {
    writeSync(descriptor, `${JSON.stringify({ formatVersion: FORMAT_VERSION })}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(`${file}.new`, file);
}

function formatVersionOf(text: string): number | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    const version = isJsonObject(parsed) ? parsed["formatVersion"] : undefined;
    return typeof version === "number" ? version : undefined;
  } catch {
    return undefined;
  }
}

async function openDatabase(path: string): Promise<Database> {
  // Loaded here and not at the top: the native library takes 30 ms, which an emulator without a data folder need not wait for.
  const { ClassicLevel } = createRequire(__filename)("classic-level") as typeof ClassicLevelModule;
  const database: Database = new ClassicLevel(join(path, DATABASE_FOLDER));
  try {
    await database.open();
    return database;
  } catch (error) {
    const cause = typeof error === "object" && error !== null && "cause" in error ? error.cause : error;
    if (codeOf(cause) === "LEVEL_LOCKED") {
      throw new StartError(
        `data folder ${path} is in use by another emulator: stop that one, or choose another folder with --data`,
      );
    }
    throw new StartError(
      `data folder ${path} cannot be opened (${reasonOf(cause)}): choose a folder you can write with --data`,
    );
  }
}

function storageOf(database: Database): Storage {
  return {
    write: async (changes) => {
      try {
        await database.batch(changes.map(toOperation), { sync: true });
      } catch (error) {
        throw new Error(`the data folder could not be written and nothing has changed (${reasonOf(error)})`, {
          cause: error,
        });
      }
    },
    close: () => database.close(),
  };
}

type Operation = { type: "put"; key: string; value: string } | { type: "del"; key: string };

function toOperation({ kind, collection, item }: Change): Operation {
  const key = String(item.sequence).padStart(SEQUENCE_DIGITS, "0");
  if (kind === "delete") return { type: "del", key };
  return { type: "put", key, value: JSON.stringify({ collection, entity: item.entity }) };
}

async function readAll(database: Database): Promise<StoredEntity[]> {
  const stored: StoredEntity[] = [];
  for await (const [key, text] of database.iterator()) {
    const value: unknown = JSON.parse(text);
    if (!isJsonObject(value) || typeof value["collection"] !== "string" || !isEntity(value["entity"])) {
      throw new Error(`entry ${key} is no entity`);
    }
    stored.push({ collection: value["collection"], item: { sequence: Number(key), entity: value["entity"] } });
  }
  return stored;
}
