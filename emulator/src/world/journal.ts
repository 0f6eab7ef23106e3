import { MAX_JOURNAL_ENTRIES } from "../limits";
import { parseJson } from "../model/json";

/** One request as it was received and answered. Holds no header but the named ones, so no token; token requests are listed without their form. */
export interface JournalEntry {
  /** Order of arrival, from 0. Never given twice, also not after clear(). */
  index: number;
  receivedDateTime: string;
  method: string;
  /** Decoded, without query. */
  path: string;
  /** As sent, without "?". */
  query: string;
  /** Parsed JSON; undefined when there was none or it was not JSON. */
  requestBody: unknown;
  clientRequestId: string | undefined;
  requestId: string;
  userAgent: string | undefined;
  status: number | "dropped";
  /** The fault that met the request, in words. */
  fault: string | undefined;
}

/** As it is kept: what few ask for is made when they ask. */
type RecordedEntry = Omit<JournalEntry, "receivedDateTime" | "requestBody"> & {
  readonly receivedMs: number;
  readonly requestBody: Buffer | undefined;
};

export class Journal {
  private kept: RecordedEntry[] = [];
  private nextIndex = 0;

  /** Takes the number of a request that has just arrived. */
  arrive(): number {
    return this.nextIndex++;
  }

  /** Called before the answer leaves, so that who has the answer finds the entry. */
  record(entry: RecordedEntry): void {
    this.kept.push(entry);
    if (this.kept.length > MAX_JOURNAL_ENTRIES) this.kept.splice(0, MAX_JOURNAL_ENTRIES / 10);
  }

  entries(): readonly JournalEntry[] {
    return this.kept
      .toSorted((one, other) => one.index - other.index)
      .map(({ receivedMs, requestBody, ...entry }) => ({
        ...entry,
        receivedDateTime: new Date(receivedMs).toISOString(),
        requestBody: requestBody === undefined || requestBody.length === 0 ? undefined : parseJson(requestBody),
      }));
  }

  clear(): void {
    this.kept = [];
  }
}
