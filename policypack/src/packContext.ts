import type { Exemption } from "./exemptions";
import type { Surroundings } from "./surroundings";
import { UndecidedLedger } from "./undecidedLedger";

/** What the policies of one pack share in one process. */
export interface PackContext {
  readonly surroundings: Surroundings;
  /** Every policy of the pack. */
  readonly catalog: readonly CatalogEntry[];
  /** The exemptions in force. `exemption-hygiene`, the first policy to run on any resource, keeps them. */
  exemptions: readonly Exemption[];
  /** The entries of the configuration that the engine sent, by name; undefined before it did. */
  configured: ReadonlyMap<string, ConfiguredEntry> | undefined;
  readonly undecided: UndecidedLedger;
}

export interface CatalogEntry {
  readonly name: string;
  readonly exemptible: boolean;
}

export interface ConfiguredEntry {
  readonly optionNames: readonly string[];
}

export function createPackContext(surroundings: Surroundings, catalog: readonly CatalogEntry[]): PackContext {
  return { surroundings, catalog, exemptions: [], configured: undefined, undecided: new UndecidedLedger() };
}
