import { createRequire } from "node:module";
import type * as ClassicLevelModule from "classic-level";
import { isEntity } from "../model/entityType";
import { isJsonObject } from "../model/json";
import { StartError } from "../startError";
import { codeOf, reasonOf } from "../thrown";
import type { Change } from "./staging";
import type { Storage, StoredEntity } from "./world";

export type EntityDatabase = ClassicLevelModule.ClassicLevel;

/** Keys sort as text, so numbers are padded to the digits of Number.MAX_SAFE_INTEGER. */
const SEQUENCE_DIGITS = 16;
/** Format 1 had one tenant and keys of the number alone. */
const KEY = /^(?:([^/]+)\/)?(\d{16})$/;

/** Opens LevelDB in the folder; `shownPath` is the folder its errors name. */
export async function openEntityDatabase(databasePath: string, shownPath: string): Promise<EntityDatabase> {
  // Loaded here and not at the top: the native library takes 30 ms, which an emulator without a data folder need not wait for.
  const { ClassicLevel } = createRequire(__filename)("classic-level") as typeof ClassicLevelModule;
  const database: EntityDatabase = new ClassicLevel(databasePath);
  try {
    await database.open();
    return database;
  } catch (error) {
    const cause = typeof error === "object" && error !== null && "cause" in error ? error.cause : error;
    if (codeOf(cause) === "LEVEL_LOCKED") {
      throw new StartError(
        `data folder ${shownPath} is in use by another emulator: stop that one, or choose another folder with --data`,
      );
    }
    throw new StartError(
      `data folder ${shownPath} cannot be opened (${reasonOf(cause)}): choose a folder you can write with --data`,
    );
  }
}

/** One tenant's part of the database. Tenants share the log file and so, when both are busy, one fsync. */
export function storageOf(database: EntityDatabase, tenantId: string): Storage {
  return {
    write: async (changes) => {
      try {
        await database.batch(
          changes.map((change) => toOperation(tenantId, change)),
          { sync: true },
        );
      } catch (error) {
        throw new Error(`the data folder could not be written and nothing has changed (${reasonOf(error)})`, {
          cause: error,
        });
      }
    },
  };
}

type Operation = { type: "put"; key: string; value: string } | { type: "del"; key: string };

function toOperation(tenantId: string, { kind, collection, item }: Change): Operation {
  const key = keyOf(tenantId, item.sequence);
  if (kind === "delete") return { type: "del", key };
  return { type: "put", key, value: JSON.stringify({ collection, entity: item.entity }) };
}

function keyOf(tenantId: string, sequence: number): string {
  return `${tenantId}/${String(sequence).padStart(SEQUENCE_DIGITS, "0")}`;
}

/** Gives the entries of a format 1 folder to the tenant, all of them or none. */
export async function moveToTenant(database: EntityDatabase, tenantId: string): Promise<void> {
  const operations: Operation[] = [];
  for await (const [key, value] of database.iterator()) {
    const [, owner, digits] = KEY.exec(key) ?? [];
    if (owner !== undefined || digits === undefined) continue;
    operations.push({ type: "put", key: keyOf(tenantId, Number(digits)), value }, { type: "del", key });
  }
  if (operations.length > 0) await database.batch(operations, { sync: true });
}

/** What is stored, by tenant, each in the order of creation. @throws {Error} naming an entry that is no entity. */
export async function readEntities(database: EntityDatabase): Promise<Map<string, StoredEntity[]>> {
  const stored = new Map<string, StoredEntity[]>();
  for await (const [key, text] of database.iterator()) {
    const [, tenantId, digits] = KEY.exec(key) ?? [];
    const value: unknown = JSON.parse(text);
    if (
      tenantId === undefined ||
      !isJsonObject(value) ||
      typeof value["collection"] !== "string" ||
      !isEntity(value["entity"])
    ) {
      throw new Error(`entry ${key} is no entity`);
    }
    const ofTenant = stored.get(tenantId) ?? [];
    stored.set(tenantId, ofTenant);
    ofTenant.push({ collection: value["collection"], item: { sequence: Number(digits), entity: value["entity"] } });
  }
  return stored;
}
