import { DOCUMENTED_EXAMPLE } from "./example";
import { InitFailed, type ProviderProcess } from "./providerProcess";
import type { Tenant } from "./tenant";

/** How a cell ended: state and Graph agree at every step, without or with errors on the way; or what is wrong. */
export type Outcome = "agrees" | "agrees after an error" | `wrong: ${string}`;

const ROWS = 3;

interface StateRow {
  readonly id: string;
  readonly props: Record<string, unknown>;
}

/**
 * A create–update–refresh–delete run of several resources in one policy, kept as the engine keeps state: a create that
 * fails leaves nothing unless it says what it made, and what failed is done again, once, as by the next `up`.
 */
export async function runCell(
  provider: ProviderProcess,
  tenant: Tenant,
  deviceCompliancePolicyId: string,
): Promise<Outcome> {
  const state = new Map<string, StateRow>();
  const errors: string[] = [];
  const inputsOf = (name: string, status: string) => ({
    deviceCompliancePolicyId,
    ...DOCUMENTED_EXAMPLE,
    deviceDisplayName: name,
    status,
  });
  const names = Array.from({ length: ROWS }, (_, index) => `${deviceCompliancePolicyId}-${String(index)}`);
  const store = () => tenant.emulator.store.deviceStatuses(deviceCompliancePolicyId);
  const attempt = async (name: string, step: () => Promise<void>): Promise<void> => {
    await step().catch((error: unknown) => {
      errors.push(error instanceof Error ? error.message : String(error));
      if (error instanceof InitFailed) state.set(name, { id: error.id, props: error.properties });
    });
  };
  /** The step for every name, then again for those it is still due for. */
  const everyone = async (due: (name: string) => boolean, step: (name: string) => Promise<void>): Promise<void> => {
    for (let up = 0; up < 2; up++) await Promise.all(names.filter(due).map((name) => attempt(name, () => step(name))));
  };
  const row = (name: string): StateRow => state.get(name) ?? { id: "", props: {} };

  await everyone(
    (name) => !state.has(name),
    async (name) => {
      const { id, outs } = await provider.create(inputsOf(name, "compliant"));
      state.set(name, { id, props: outs });
    },
  );
  const created = compare(state, store(), "compliant");
  if (created !== undefined) return `wrong: after create ${created} (${errors.join(" | ")})`;

  const updated = new Set<string>();
  await everyone(
    (name) => !updated.has(name),
    async (name) => {
      const { outs } = await provider.update(row(name).id, row(name).props, inputsOf(name, "error"));
      state.set(name, { id: row(name).id, props: outs });
      updated.add(name);
    },
  );
  const changed = compare(state, store(), "error");
  if (changed !== undefined) return `wrong: after update ${changed} (${errors.join(" | ")})`;

  const read = new Map<string, string>();
  await everyone(
    (name) => !read.has(name),
    async (name) => {
      const { id, props } = await provider.read(row(name).id, row(name).props);
      read.set(name, `${id} ${String(props["status"])}`);
    },
  );
  for (const name of names)
    if (read.get(name) !== `${row(name).id} error`) return `wrong: refresh read ${String(read.get(name))}`;

  const deleted = new Set<string>();
  await everyone(
    (name) => !deleted.has(name),
    async (name) => {
      await provider.delete(row(name).id, row(name).props);
      deleted.add(name);
    },
  );
  if (store().length > 0 || deleted.size < ROWS)
    return `wrong: after delete ${String(store().length)} rows (${errors.join(" | ")})`;
  return errors.length === 0 ? "agrees" : "agrees after an error";
}

/** What differs between state and Graph, if anything does. */
function compare(
  state: ReadonlyMap<string, StateRow>,
  rows: readonly Record<string, unknown>[],
  status: string,
): string | undefined {
  const kept = [...state.entries()].map(([name, { id }]) => `${id} ${name}`).sort();
  const there = rows.map((row) => `${String(row["id"])} ${String(row["deviceDisplayName"])}`).sort();
  if (JSON.stringify(kept) !== JSON.stringify(there))
    return `the state has ${String(kept.length)} rows, Graph ${String(there.length)}`;
  if (state.size !== ROWS) return `there are ${String(state.size)} rows`;
  return rows.every((row) => row["status"] === status) ? undefined : "a row has not the declared status";
}
