import { QUOTA_REQUESTS, QUOTA_WINDOW_MS, QUOTA_WRITES } from "../limits";

interface Counts {
  /** Times of arrival within the last window, ascending. */
  writes: number[];
  requests: number[];
}

/**
 * Counts the requests of each application over a window that slides with each of them: the strictest reading of "per 20 s".
 * Assumption: what is refused is not counted.
 */
export class Quota {
  private readonly apps = new Map<string, Counts>();
  private readonly windowMs: number;

  /** `timeScale` 0.1 makes a window of 20 s one of 2 s. */
  constructor(timeScale: number) {
    this.windowMs = QUOTA_WINDOW_MS * timeScale;
  }

  /** Undefined when the request is within the quota, and counted; else the time until it would be, in milliseconds. */
  take(app: string, isWrite: boolean, nowMs: number): number | undefined {
    const counts = this.apps.get(app) ?? { writes: [], requests: [] };
    this.apps.set(app, counts);
    counts.writes = counts.writes.filter((ms) => nowMs - ms < this.windowMs);
    counts.requests = counts.requests.filter((ms) => nowMs - ms < this.windowMs);
    const full = [
      ...(counts.requests.length >= QUOTA_REQUESTS ? counts.requests.slice(0, 1) : []),
      ...(isWrite && counts.writes.length >= QUOTA_WRITES ? counts.writes.slice(0, 1) : []),
    ];
    if (full.length > 0) return Math.max(...full) + this.windowMs - nowMs;
    counts.requests.push(nowMs);
    if (isWrite) counts.writes.push(nowMs);
    return undefined;
  }
}
