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
import { isJsonObject } from "../model/json";
import { StartError } from "../startError";
import { codeOf, reasonOf } from "../thrown";
import { moveToTenant, openEntityDatabase, readEntities, storageOf } from "./entityDatabase";
import type { EntityDatabase } from "./entityDatabase";
import type { Storage, StoredEntity } from "./world";

/** Written once per folder; a higher number is a layout this version cannot read. 1 had one tenant, 2 has any number. */
const FORMAT_VERSION = 2;
const FORMAT_FILE = "intune-emulator.json";
const DATABASE_FOLDER = "leveldb";

export interface DataFolder {
  /** A tenant's place in the folder and what it holds. Ids are compared without case. */
  tenant(tenantId: string): { readonly storage: Storage; readonly stored: readonly StoredEntity[] };
  close(): Promise<void>;
}

/**
 * Opens or makes the folder of an emulator's state. Nothing is written into a folder that is not the emulator's own. What a folder of
 * format 1 holds becomes `firstTenantId`'s; tenants that are not asked for stay in the folder untouched.
 */
export async function openDataFolder(folder: string, firstTenantId: string): Promise<DataFolder> {
  const path = resolve(folder);
  makeFolder(path);
  const version = checkFormat(path);
  const database = await openEntityDatabase(join(path, DATABASE_FOLDER), path);
  try {
    if (version < FORMAT_VERSION) writeFormatFile(join(path, FORMAT_FILE));
    // Also in a folder of format 2: the process may have ended between the two.
    await moveToTenant(database, firstTenantId.toLowerCase());
    return dataFolderOf(database, await readEntities(database));
  } catch (error) {
    await database.close();
    throw new StartError(
      `data folder ${path} cannot be read (${reasonOf(error)}): restore it, or choose another with --data`,
    );
  }
}

function dataFolderOf(database: EntityDatabase, stored: Map<string, StoredEntity[]>): DataFolder {
  return {
    tenant: (tenantId) => {
      const id = tenantId.toLowerCase();
      return { storage: storageOf(database, id), stored: stored.get(id) ?? [] };
    },
    close: () => database.close(),
  };
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

/** The format of the folder, one that this version can read. */
function checkFormat(path: string): number {
  const file = join(path, FORMAT_FILE);
  const text = readFormatFile(path, file);
  if (text === undefined) return FORMAT_VERSION;
  const version = formatVersionOf(text);
  if (version === 1 || version === FORMAT_VERSION) return version;
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
