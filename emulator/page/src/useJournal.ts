import { useEffect, useState } from "preact/hooks";
import { call, withQuery } from "./api";
import type { Info, JournalEntry, ListOf } from "./api";

/** As many as are shown; the whole journal is in the HAR export. */
export const SHOWN_ENTRIES = 200;
const WAIT_MS = 25_000;
/** Between two polls, so that a burst of requests is one change of the page and not hundreds. */
const PAUSE_MS = 250;
const RETRY_MS = 2_000;

export interface LiveJournal {
  /** In order of arrival. */
  entries: readonly JournalEntry[];
  isConnected: boolean;
  /** Forgets what is shown; the emulator's own journal is another matter. */
  forget: () => void;
}

/** Follows the request journal by long polls for as long as the page is open. */
export function useJournal(): LiveJournal {
  const [entries, setEntries] = useState<readonly JournalEntry[]>([]);
  const [isConnected, setConnected] = useState(true);
  useEffect(() => {
    const abort = new AbortController();
    void follow(
      abort.signal,
      (more) => {
        setEntries((old) => merged(old, more));
      },
      setConnected,
    );
    return () => {
      abort.abort();
    };
  }, []);
  const forget = (): void => {
    setEntries([]);
  };
  return { entries, isConnected, forget };
}

async function follow(
  signal: AbortSignal,
  add: (entries: readonly JournalEntry[]) => void,
  setConnected: (isConnected: boolean) => void,
): Promise<void> {
  let after: number | undefined;
  let missing: number[] = [];
  for (;;) {
    try {
      after ??= Math.max(-1, (await call<Info>("GET", "info", undefined, signal)).requests.lastIndex - SHOWN_ENTRIES);
      const { value } = await poll(after, signal);
      setConnected(true);
      add(value);
      const newest = value.at(-1)?.index ?? after;
      // A slow request is recorded after quicker ones that came later: what is missing is asked for once more.
      const late = await lateOnes(missing, signal);
      add(late);
      missing = gaps(after, value);
      after = newest;
      await sleep(PAUSE_MS);
    } catch {
      if (signal.aborted) return;
      setConnected(false);
      after = undefined;
      await sleep(RETRY_MS);
    }
  }
}

function poll(after: number, signal: AbortSignal): Promise<ListOf<JournalEntry>> {
  return call("GET", withQuery("requests", { after, limit: SHOWN_ENTRIES, waitMs: WAIT_MS }), undefined, signal);
}

async function lateOnes(missing: readonly number[], signal: AbortSignal): Promise<JournalEntry[]> {
  const [first] = missing;
  if (first === undefined) return [];
  const path = withQuery("requests", { after: first - 1, limit: SHOWN_ENTRIES });
  return (await call<ListOf<JournalEntry>>("GET", path, undefined, signal)).value;
}

function gaps(after: number, entries: readonly JournalEntry[]): number[] {
  const seen = new Set(entries.map(({ index }) => index));
  const newest = entries.at(-1)?.index ?? after;
  return Array.from({ length: newest - after }, (_, offset) => after + 1 + offset).filter((index) => !seen.has(index));
}

function merged(old: readonly JournalEntry[], more: readonly JournalEntry[]): readonly JournalEntry[] {
  if (more.length === 0) return old;
  const byIndex = new Map([...old, ...more].map((entry) => [entry.index, entry]));
  return [...byIndex.values()].sort((one, other) => one.index - other.index).slice(-SHOWN_ENTRIES);
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
