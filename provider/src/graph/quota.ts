import { QuotaError } from "./errors";
import type { GraphRequest, GraphResponse } from "./middleware";
import { answered, type Bucket, newBucket, paused, taken, waitMs } from "./quotaBucket";
import { retryAfterOf } from "./retryAfter";
import { publishWait } from "./telemetry";

/** What one application may send to one tenant. */
export interface QuotaSettings {
  /** POST, PATCH and DELETE. */
  readonly writesPerWindow: number;
  /** Requests of any method. */
  readonly requestsPerWindow: number;
  readonly windowMs: number;
}

export interface QuotaClock {
  /** Epoch milliseconds. */
  now(): number;
  sleep(ms: number): Promise<unknown>;
}

type Kind = "write" | "read";

interface Waiter {
  readonly request: GraphRequest;
  readonly go: () => void;
  readonly refuse: (error: QuotaError) => void;
}

/** A shorter wait is not worth a line. */
const TOLD_FROM_MS = 1_000;
/** The first to wait is seldom the last: so long they gather before they are counted aloud. */
const GATHERING_MS = 100;
/** Assumption: the share of a window to rest after a 429 that names no time, as Intune's often do not (IntuneCD #217). */
const REST_WITHOUT_RETRY_AFTER = 0.1;

/** Lets requests out in order of arrival, reads and writes each in a line of its own, so that the quota is never exceeded. */
export class Quota {
  private writes: Bucket;
  private all: Bucket;
  private readonly lines: Record<Kind, Waiter[]> = { write: [], read: [] };
  private readonly pumping: Record<Kind, boolean> = { write: false, read: false };

  constructor(
    private readonly settings: QuotaSettings,
    private readonly clock: QuotaClock,
  ) {
    this.writes = newBucket(settings.writesPerWindow, settings.windowMs);
    this.all = newBucket(settings.requestsPerWindow, settings.windowMs);
  }

  /**
   * Resolves when the request may go out; {@link leave} must follow.
   * @throws {QuotaError} at once, where the wait does not fit the operation's deadline
   */
  enter(request: GraphRequest): Promise<void> {
    const kind = kindOf(request);
    return new Promise((go, refuse) => {
      this.lines[kind].push({ request, go, refuse });
      this.refuseWhatDoesNotFit(kind, this.lines[kind].length - 1);
      void this.pump(kind);
    });
  }

  /** The request was answered (or not, then without a response); its slot is free again one window later. */
  leave(request: GraphRequest, response?: GraphResponse): void {
    const nowMs = this.clock.now();
    const kind = kindOf(request);
    this.all = answered(this.all, nowMs);
    if (kind === "write") this.writes = answered(this.writes, nowMs);
    if (response?.status !== 429) return;
    const restMs = retryAfterOf(response, nowMs) ?? this.settings.windowMs * REST_WITHOUT_RETRY_AFTER;
    // A write that is refused says nothing about reads, of which the service allows ten times as many.
    if (kind === "write") this.writes = paused(this.writes, nowMs + restMs);
    else this.all = paused(this.all, nowMs + restMs);
    this.refuseWhatDoesNotFit("write", 0);
    this.refuseWhatDoesNotFit("read", 0);
  }

  private async pump(kind: Kind): Promise<void> {
    if (this.pumping[kind]) return;
    this.pumping[kind] = true;
    for (let head = this.lines[kind][0]; head !== undefined; head = this.lines[kind][0]) {
      const wait = this.waitMs(kind, 0);
      if (wait > 0) {
        await this.sleep(kind, wait);
        this.refuseWhatDoesNotFit(kind, 0);
        continue;
      }
      this.lines[kind].shift();
      this.all = taken(this.all);
      if (kind === "write") this.writes = taken(this.writes);
      head.go();
    }
    this.pumping[kind] = false;
  }

  private async sleep(kind: Kind, wait: number): Promise<void> {
    if (wait <= TOLD_FROM_MS) {
      await this.clock.sleep(wait);
      return;
    }
    await this.clock.sleep(GATHERING_MS);
    publishWait({
      reason: "quota",
      waitMs: wait - GATHERING_MS,
      waiting: this.lines[kind].length,
      allowance: this.allowance(kind),
    });
    await this.clock.sleep(wait - GATHERING_MS);
  }

  private waitMs(kind: Kind, position: number): number {
    const nowMs = this.clock.now();
    const any = waitMs(this.all, nowMs, position);
    return kind === "read" ? any : Math.max(any, waitMs(this.writes, nowMs, position));
  }

  private refuseWhatDoesNotFit(kind: Kind, from: number): void {
    const nowMs = this.clock.now();
    const line = this.lines[kind];
    for (let position = from; position < line.length; position++) {
      const waiter = line[position];
      const wait = this.waitMs(kind, position);
      if (waiter === undefined || wait === 0 || nowMs + wait < waiter.request.deadlineMs) continue;
      line.splice(position--, 1);
      waiter.refuse(new QuotaError(waiter.request.operation, this.allowance(kind), wait));
    }
  }

  private allowance(kind: Kind): string {
    const { writesPerWindow, requestsPerWindow, windowMs } = this.settings;
    const count = kind === "write" ? `${String(writesPerWindow)} writes` : `${String(requestsPerWindow)} requests`;
    return `${count} in ${String(windowMs / 1000)} s`;
  }
}

const kindOf = ({ method }: GraphRequest): Kind => (method === "GET" ? "read" : "write");

const quotas = new Map<string, Quota>();

/** The one quota of an application in a tenant, as long as the process lives: a client that is made anew goes on counting. */
export function sharedQuota(app: readonly unknown[], settings: QuotaSettings, clock: QuotaClock): Quota {
  const key = JSON.stringify([app, settings]);
  const quota = quotas.get(key) ?? new Quota(settings, clock);
  quotas.set(key, quota);
  return quota;
}
