import type { Group } from "./bench";
import { fillTenant } from "./filledTenant";
import { EMULATOR, startServer } from "./serverProcess";

const ROWS = 100_000;
const ROWS_IN_BATCH = 20;
const BATCHES_AT_ONCE = 8;
const SAMPLE_MS = 10;

type Headers = Readonly<Record<string, string>>;

/** The emulator's memory while 100,000 rows of one policy are paged through, whole, filtered and sorted. */
export const longList: Group = {
  name: "emulator-list",
  async measure(say) {
    const emulator = await startServer(EMULATOR);
    try {
      const { collection, headers, body } = await fillTenant(emulator.readyLine);
      await createRows(emulator.url, collection, headers, JSON.parse(body) as Record<string, unknown>);
      const before = emulator.residentMb();
      say(`${String(ROWS)} rows stored: ${before.toFixed(0)} MB resident`);
      let peak = before;
      const sampling = setInterval(() => (peak = Math.max(peak, emulator.residentMb())), SAMPLE_MS);
      for (const [options, expected] of [
        ["$top=999", ROWS + 1],
        ["$top=999&$filter=status eq 'error'", ROWS / 4],
        ["$top=999&$filter=startswith(deviceDisplayName,'DEVICE-1')&$orderby=deviceDisplayName desc", 11_111],
      ] as const) {
        const started = performance.now();
        const { rows, pages } = await readAll(`${emulator.url}${collection}?${options}`, headers);
        if (rows !== expected) throw new Error(`${options} listed ${String(rows)} rows, not ${String(expected)}`);
        const seconds = ((performance.now() - started) / 1000).toFixed(1);
        say(
          `${options}: ${String(rows)} rows in ${String(pages)} pages, ${seconds} s; peak so far ${peak.toFixed(0)} MB`,
        );
      }
      clearInterval(sampling);
      return [
        { name: "emulator-list-100k-rows-peak-mb", value: Math.round(peak) },
        { name: "emulator-list-100k-rows-growth-mb", value: Math.round(peak - before) },
      ];
    } finally {
      await emulator.stop();
    }
  },
};

async function createRows(
  url: string,
  collection: string,
  headers: Headers,
  row: Record<string, unknown>,
): Promise<void> {
  const path = collection.replace(/^\/beta/, "");
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < ROWS) {
      const first = next;
      next += ROWS_IN_BATCH;
      const requests = Array.from({ length: ROWS_IN_BATCH }, (_, index) => ({
        id: String(index),
        method: "POST",
        url: path,
        headers: { "Content-Type": "application/json" },
        body: {
          ...row,
          deviceDisplayName: `DEVICE-${String(first + index)}`,
          status: index % 4 === 0 ? "error" : "compliant",
        },
      }));
      const response = await fetch(`${url}/beta/$batch`, {
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body: JSON.stringify({ requests }),
      });
      const { responses } = (await response.json()) as { responses: { status: number }[] };
      if (!responses.every(({ status }) => status === 201)) throw new Error("a row was not created");
    }
  };
  await Promise.all(Array.from({ length: BATCHES_AT_ONCE }, worker));
}

async function readAll(first: string, headers: Headers): Promise<{ rows: number; pages: number }> {
  let next: string | undefined = first;
  let rows = 0;
  let pages = 0;
  while (next !== undefined) {
    const response = await fetch(next, { headers });
    const page = (await response.json()) as { value: unknown[]; "@odata.nextLink"?: string };
    rows += page.value.length;
    pages++;
    next = page["@odata.nextLink"];
  }
  return { rows, pages };
}
