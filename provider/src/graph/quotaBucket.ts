/**
 * How many requests may go out in any window of time, as data. Pure: time comes in, a new bucket goes out.
 *
 * A slot is taken when a request goes out and is free again one window after its *answer*: the service has counted the
 * request before it answered, so that whatever the network does to the times of arrival, no window of the service's
 * holds more than `limit`.
 */
export interface Bucket {
  readonly limit: number;
  readonly windowMs: number;
  /** Requests that are out and not answered. */
  readonly out: number;
  /** When the slots still in use were answered, ascending, epoch milliseconds. */
  readonly answeredMs: readonly number[];
  /** Nothing goes out before: the service has asked to wait. Epoch milliseconds. */
  readonly pausedUntilMs: number;
}

/** Clocks count whole milliseconds: a window is only certainly over one after it. */
const CLOCK_GRAIN_MS = 1;

export const newBucket = (limit: number, windowMs: number): Bucket => ({
  limit,
  windowMs,
  out: 0,
  answeredMs: [],
  pausedUntilMs: 0,
});

/**
 * The least wait of a request before which `position` others are to go; 0: now. What is out counts as answered now, the
 * earliest that can be.
 */
export function waitMs(bucket: Bucket, nowMs: number, position = 0): number {
  const answeredMs = inUse(bucket, nowMs);
  const free = bucket.limit - bucket.out - answeredMs.length;
  const slot = position % bucket.limit;
  const spanMs = bucket.windowMs + CLOCK_GRAIN_MS;
  const freeAtMs = slot < free ? nowMs : (answeredMs[slot - free] ?? nowMs) + spanMs;
  const roundsMs = Math.floor(position / bucket.limit) * spanMs;
  return Math.max(0, freeAtMs + roundsMs - nowMs, bucket.pausedUntilMs - nowMs);
}

/** A request goes out. */
export const taken = (bucket: Bucket): Bucket => ({ ...bucket, out: bucket.out + 1 });

/** It was answered, or given up. */
export const answered = (bucket: Bucket, nowMs: number): Bucket => ({
  ...bucket,
  out: bucket.out - 1,
  answeredMs: [...inUse(bucket, nowMs), nowMs],
});

/** The service has asked to wait. */
export const paused = (bucket: Bucket, untilMs: number): Bucket => ({
  ...bucket,
  pausedUntilMs: Math.max(bucket.pausedUntilMs, untilMs),
});

const inUse = (bucket: Bucket, nowMs: number): readonly number[] =>
  bucket.answeredMs.filter((ms) => nowMs - ms < bucket.windowMs + CLOCK_GRAIN_MS);
