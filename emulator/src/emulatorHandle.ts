import type * as Assert from "node:assert";
import { createRequire } from "node:module";
import { readFaultRule } from "./control/faultRule";
import type { Emulation } from "./emulation";
import type { Endpoints, HttpsEndpoint } from "./http/endpoints";
import { toHar } from "./journal/har";
import type { Har } from "./journal/har";
import { countMatches, readAssertion } from "./journal/requestAssertion";
import type { RequestAssertion } from "./journal/requestAssertion";
import type { Profile } from "./options";
import type { EmulatorApp } from "./registeredApps";
import { emulatorTenant } from "./state/emulatorTenant";
import type { EmulatorTenant } from "./state/emulatorTenant";
import type { FaultRule } from "./world/fault";
import type { CountedRule } from "./world/faults";
import type { JournalEntry } from "./world/journalEntry";
import type { Advanced, ClockState } from "./world/timeTravel";

/** A running emulator, and the first application's tenant in it. Everything here is also in its control API. */
export interface Emulator extends EmulatorTenant {
  /** Clients append /beta/… or /v1.0/… */
  readonly graphEndpoint: string;
  /** Base of the token endpoint: `{authority}/{tenantId}/oauth2/v2.0/token`. */
  readonly authority: string;
  readonly port: number;
  /** Undefined without the option `https`. With it, `graphEndpoint` is a proxy for clients that can only be pointed by one. */
  readonly https: HttpsEndpoint | undefined;
  /** The first application. */
  readonly app: EmulatorApp;
  readonly journal: EmulatorJournal;
  readonly faults: EmulatorFaults;
  readonly clock: EmulatorClock;
  /** @throws {Error} for a tenant in which no application is registered. */
  tenant(tenantId: string): EmulatorTenant;
  setProfile(profile: Profile): void;
  /** Finishes the requests under way, ends all connections, closes the data folder. */
  close(): Promise<void>;
}

export interface EmulatorJournal {
  /** In order of arrival; with `after`, those of a greater index. */
  entries(page?: { after?: number; limit?: number }): readonly JournalEntry[];
  clear(): void;
  /** How many requests match. @throws {AssertionError} of node:assert when they are too few or too many, saying what was seen. */
  assert(assertion: RequestAssertion): number;
  toHar(): Har;
}

export interface EmulatorFaults {
  /** @throws {InputError} for a rule that cannot be carried out. */
  add(rule: FaultRule): void;
  /** Forgets all rules, and shows what they hide. */
  clear(): void;
  list(): readonly CountedRule[];
}

export interface EmulatorClock {
  now(): ClockState;
  /** By milliseconds or an ISO 8601 duration such as `PT36H`; grace periods on the way run out. @throws {InputError} */
  advance(by: string | number): Promise<Advanced>;
  /** To a later time. @throws {InputError} */
  set(dateTime: string): Promise<Advanced>;
  /** Back to the machine's time; rows stay as they have become. */
  reset(): ClockState;
}

export function emulatorHandle(emulation: Emulation, endpoints: Endpoints, close: () => Promise<void>): Emulator {
  const { settings, timeTravel } = emulation;
  let closed: Promise<void> | undefined;
  return {
    ...emulatorTenant(emulation, settings.app.tenantId),
    ...endpoints,
    authority: endpoints.graphEndpoint,
    app: settings.app,
    journal: journalHandle(emulation),
    faults: faultsHandle(emulation),
    clock: {
      now: () => timeTravel.now(),
      advance: (by) => timeTravel.advance(by),
      set: (dateTime) => timeTravel.set(dateTime),
      reset: () => timeTravel.reset(),
    },
    tenant: (tenantId) => emulatorTenant(emulation, tenantId),
    setProfile: (profile) => {
      emulation.profile = profile;
    },
    close: () => (closed ??= close()),
  };
}

function journalHandle({ journal }: Emulation): EmulatorJournal {
  return {
    entries: (page) => journal.entries(page),
    clear: () => {
      journal.clear();
    },
    assert: (assertion) => {
      const { matched, failure } = countMatches(journal.entries(), readAssertion(assertion));
      if (failure !== undefined) throw assertionError(failure);
      return matched;
    },
    toHar: () => toHar(journal),
  };
}

/** node:assert is loaded for a failure only: no start shall wait for it. */
function assertionError(message: string): Assert.AssertionError {
  const { AssertionError } = createRequire(__filename)("node:assert") as typeof Assert;
  return new AssertionError({ message });
}

function faultsHandle({ faults, visibility }: Emulation): EmulatorFaults {
  return {
    add: (rule) => {
      faults.add(readFaultRule(rule));
    },
    clear: () => {
      faults.clear();
      visibility.clear();
    },
    list: () => faults.list(),
  };
}
