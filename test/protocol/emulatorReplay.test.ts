import { startEmulator } from "intune-emulator";
import type { FaultRule } from "intune-emulator";
import { at, GraphClient, NEW_POLICY, POLICIES, statusOf } from "../unit/emulator/support/graphClient";

const PLAN: readonly FaultRule[] = [
  { match: { method: "POST", path: "/beta/**/deviceStatuses" }, probability: 0.2, fault: { status: 503 } },
  { match: { method: "POST", path: "/beta/**/deviceStatuses" }, probability: 0.2, fault: { drop: "afterCommit" } },
  { match: { method: "GET" }, probability: 0.3, fault: { throttle: { form: "decimal", retryAfterSeconds: 0.1 } } },
  { match: { method: "GET" }, probability: 0.3, times: 5, fault: { delayMs: { from: 0, to: 9 } } },
  { match: { method: "PATCH" }, probability: 0.3, fault: { outOfBand: { set: { status: "conflict" } } } },
  { match: { method: "POST", path: "/beta/**/deviceStatuses" }, probability: 0.3, fault: { hide: { reads: 2 } } },
];

/** The same client every time; every step is told of by what it got. */
async function traffic(client: GraphClient): Promise<unknown[]> {
  const created = await client.call("POST", POLICIES, NEW_POLICY);
  const statuses = `${POLICIES}/${at(created.body, "id") as string}/deviceStatuses`;
  const seen: unknown[] = [];
  for (let index = 0; index < 60; index++) {
    const row = await client.call("POST", statuses, statusOf(`d${index}`)).catch(() => undefined);
    seen.push(row?.status);
    if (row?.status !== 201) continue;
    const one = `${statuses}/${at(row.body, "id") as string}`;
    seen.push((await client.call("GET", one)).status);
    seen.push((await client.call("PATCH", one, { status: "error" })).status);
    const list = await client.call("GET", statuses);
    seen.push([list.status, (at(list.body, "value") as unknown[] | undefined)?.length]);
  }
  return seen;
}

/** A fresh emulator under the plan: what its client saw, and its journal without ids and times. */
async function run(seed: number): Promise<{ seen: unknown[]; journal: unknown[] }> {
  const emulator = await startEmulator({ seed, faults: PLAN });
  const client = await GraphClient.of(emulator);
  try {
    const seen = await traffic(client);
    const ids = new Map<string, string>();
    const nameless = (text: string): string =>
      text.replace(
        /[0-9a-f]{8}-[0-9a-f-]{27}/g,
        (id) => ids.get(id) ?? (ids.set(id, `id${ids.size}`), `id${ids.size - 1}`),
      );
    const journal = emulator.journal.entries().map(({ receivedDateTime, durationMs, requestId, ...entry }) => {
      expect([Date.parse(receivedDateTime), durationMs, requestId]).not.toContain(undefined);
      return { ...entry, path: nameless(entry.path) };
    });
    return { seen, journal };
  } finally {
    await client.close();
    await emulator.close();
  }
}

test("a fault plan replayed from its seed gives the same journal twice, and another seed another one", async () => {
  const [first, again, other] = [await run(42), await run(42), await run(43)];
  expect(again).toEqual(first);
  expect(other.journal).not.toEqual(first.journal);
  // Each kind has struck, or the comparison would tell little.
  const struck = new Set(first.journal.map((entry) => String((entry as { fault: unknown }).fault).split(" ")[0]));
  expect([...struck].sort()).toEqual(["delayMs", "drop", "hide", "outOfBand", "status", "throttle", "undefined"]);
});
