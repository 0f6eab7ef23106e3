import { MAX_JOURNAL_BYTES, MAX_JOURNAL_ENTRIES } from "../limits";
import { BodyPages } from "./bodyPages";
import type { KeptBytes } from "./bodyPages";
import { toEntry } from "./journalEntry";
import type { JournalEntry, JournalRecord } from "./journalEntry";

/** What a record takes beside its texts. Assumption: measured once, Node.js 20. */
const RECORD_BYTES = 512;

const ENTRIES_LEFT = MAX_JOURNAL_ENTRIES * 0.9;
const BYTES_LEFT = MAX_JOURNAL_BYTES * 0.9;

/** The requests that have been answered. Recording is on the way of every request, so it keeps what it is given; reading makes entries of it. */
export class Journal {
  private kept: JournalRecord[] = [];
  private bytes = 0;
  private nextIndex = 0;
  private lastRecorded = -1;
  private readonly bodies = new BodyPages();
  private readonly waiting = new Set<() => void>();
  private readonly read = new WeakMap<JournalRecord, JournalEntry>();

  /** The greatest index recorded so far; -1 before the first, and after clear(). */
  get lastIndex(): number {
    return this.lastRecorded;
  }

  /** Takes the number of a request that has just arrived. */
  arrive(): number {
    return this.nextIndex++;
  }

  /** The record made last. */
  get newest(): JournalRecord | undefined {
    return this.kept.at(-1);
  }

  /** A copy of a body, for the record of its request. */
  keepBody(bytes: Buffer): KeptBytes {
    return this.bodies.keep(bytes);
  }

  /** Called before the answer leaves, so that who has the answer finds the entry. */
  record(record: JournalRecord): void {
    this.kept.push(record);
    this.bytes += sizeOf(record);
    if (this.kept.length > MAX_JOURNAL_ENTRIES || this.bytes > MAX_JOURNAL_BYTES) this.forgetOldest();
    if (record.index > this.lastRecorded) this.lastRecorded = record.index;
    for (const wake of this.waiting) wake();
  }

  /** Resolves once an entry with an index beyond `after` has been recorded, or when the signal says to stop. */
  waitBeyond(after: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const check = (): void => {
        if (this.lastRecorded <= after && !signal.aborted) return;
        this.waiting.delete(check);
        signal.removeEventListener("abort", check);
        resolve();
      };
      this.waiting.add(check);
      signal.addEventListener("abort", check);
      check();
    });
  }

  /** In order of arrival; those with an index beyond `after`, at most `limit` of them. */
  entries({ after = -1, limit = Infinity }: { after?: number; limit?: number } = {}): readonly JournalEntry[] {
    return this.records(after)
      .slice(0, limit)
      .map((record) => this.entryOf(record));
  }

  /** As `entries`, with what only an export needs. */
  records(after = -1): readonly JournalRecord[] {
    return this.kept.filter(({ index }) => index > after).sort((one, other) => one.index - other.index);
  }

  entryOf(record: JournalRecord): JournalEntry {
    const entry = this.read.get(record) ?? toEntry(record);
    this.read.set(record, entry);
    return entry;
  }

  clear(): void {
    this.kept = [];
    this.bytes = 0;
    this.lastRecorded = -1;
  }

  /** Down to nine tenths of both limits, so that the cost is spread over many requests. The newest stays. */
  private forgetOldest(): void {
    const newest = this.kept.length - 1;
    let count = 0;
    while (count < newest && (this.kept.length - count > ENTRIES_LEFT || this.bytes > BYTES_LEFT)) {
      const record = this.kept[count++];
      if (record !== undefined) this.bytes -= sizeOf(record);
    }
    this.kept.splice(0, count);
  }
}

function sizeOf({ body, path, query }: JournalRecord): number {
  return RECORD_BYTES + path.length + query.length + (body === undefined ? 0 : body.end - body.start);
}
