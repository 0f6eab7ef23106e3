import { createRequire } from "node:module";
import type * as CsvParseModule from "csv-parse/sync";
import { InputError } from "../inputError";
import { DEVICE_STATUSES } from "../model/collections";
import type { JsonObject, JsonValue } from "../model/json";
import { reasonOf } from "../thrown";
import type { SeedItem, SeedItems } from "./seed";

const COLUMNS = [
  "deviceCompliancePolicyId",
  "policyDisplayName",
  "id",
  ...Object.keys(DEVICE_STATUSES.type.properties),
];

interface Record {
  readonly info: { readonly lines: number };
  readonly record: readonly string[];
}

/** A seed of device statuses, one row each under a line with the names of the columns (RFC 4180). An empty cell is one that is left out. @throws {InputError} */
export function readSeedCsv(text: string): SeedItems {
  const [head, ...rows] = parse(text);
  const names = head?.record ?? [];
  const unknown = names.find((name) => !COLUMNS.includes(name));
  if (names.length === 0 || unknown !== undefined) {
    throw new InputError(`line 1 must name columns, any of ${COLUMNS.join(", ")}; got '${unknown ?? ""}'`);
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new InputError(`line 1 names the column '${twice}' twice`);
  return { policies: [], statuses: rows.map((row) => toItem(names, row)) };
}

function parse(text: string): Record[] {
  // Loaded here and not at the top: an emulator without a seed need not wait for it.
  const csv = createRequire(__filename)("csv-parse/sync") as typeof CsvParseModule;
  try {
    const options = { bom: true, info: true, relax_column_count: true, skip_empty_lines: true };
    return csv.parse(text, options) as unknown as Record[];
  } catch (error) {
    throw new InputError(`the CSV cannot be read: ${reasonOf(error)}`);
  }
}

function toItem(names: readonly string[], { info, record }: Record): SeedItem {
  const where = `line ${info.lines}`;
  if (record.length !== names.length) {
    throw new InputError(`${where} has ${record.length} cells and line 1 has ${names.length}`);
  }
  const cells = names.map((name, index): [string, string] => [name, record[index] ?? ""]);
  const value: JsonObject = Object.fromEntries(
    cells.filter(([, cell]) => cell !== "").map(([name, cell]) => [name, toValue(name, cell)]),
  );
  return { where, value };
}

/** Text, but for a whole number where one belongs; anything else there stays text and is refused by its type. */
function toValue(name: string, cell: string): JsonValue {
  return DEVICE_STATUSES.type.properties[name]?.type === "Edm.Int32" && /^-?\d+$/.test(cell) ? Number(cell) : cell;
}
