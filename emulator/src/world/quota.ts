import { QUOTA_REQUESTS, QUOTA_TENANT_REQUESTS, QUOTA_TENANT_WRITES, QUOTA_WINDOW_MS, QUOTA_WRITES } from "../limits";
import { SlidingWindow } from "./slidingWindow";

interface Counts {
  readonly writes: SlidingWindow;
  readonly requests: SlidingWindow;
}

/** Whose quota is used up, and how long until the next request fits in. */
export interface OverQuota {
  readonly scope: "application" | "tenant";
  readonly waitMs: number;
}

/**
 * Counts the requests of each application in a tenant, and of all applications of the tenant together, over a window that slides with each
 * of them: the strictest reading of "per 20 s". Assumption: what is refused is not counted.
 */
export class Quota {
  private readonly counts = new Map<string, Counts>();
  private readonly windowMs: number;

  /** `timeScale` 0.1 makes a window of 20 s one of 2 s. */
  constructor(timeScale: number) {
    this.windowMs = QUOTA_WINDOW_MS * timeScale;
  }

  /** Undefined when the request is within the quotas, and counted. */
  take(tenantId: string, clientId: string, isWrite: boolean, nowMs: number): OverQuota | undefined {
    const application = this.countsOf(`${tenantId}/${clientId}`, QUOTA_WRITES, QUOTA_REQUESTS);
    const tenant = this.countsOf(tenantId, QUOTA_TENANT_WRITES, QUOTA_TENANT_REQUESTS);
    const ofApplicationMs = waitMs(application, isWrite, nowMs);
    const ofTenantMs = waitMs(tenant, isWrite, nowMs);
    if (ofApplicationMs > 0 && ofApplicationMs >= ofTenantMs) return { scope: "application", waitMs: ofApplicationMs };
    if (ofTenantMs > 0) return { scope: "tenant", waitMs: ofTenantMs };
    for (const { writes, requests } of [application, tenant]) {
      requests.add(nowMs);
      if (isWrite) writes.add(nowMs);
    }
    return undefined;
  }

  clear(): void {
    this.counts.clear();
  }

  private countsOf(key: string, maxWrites: number, maxRequests: number): Counts {
    const known = this.counts.get(key);
    if (known !== undefined) return known;
    const counts = {
      writes: new SlidingWindow(maxWrites, this.windowMs),
      requests: new SlidingWindow(maxRequests, this.windowMs),
    };
    this.counts.set(key, counts);
    return counts;
  }
}

function waitMs({ writes, requests }: Counts, isWrite: boolean, nowMs: number): number {
  return Math.max(requests.waitMs(nowMs), isWrite ? writes.waitMs(nowMs) : 0);
}
