import { parseDateTimeMs, parseDurationMs } from "./clock";
import type { Clock } from "./clock";
import { InputError } from "../inputError";
import { endGracePeriods } from "./gracePeriods";
import type { Quota } from "./quota";
import type { Tenants } from "./tenants";

export interface ClockState {
  /** The emulated tenants' time. */
  readonly dateTime: string;
  /** How far it is ahead of the machine's clock. */
  readonly aheadMs: number;
}

export interface Advanced extends ClockState {
  /** Device statuses, of all tenants, whose grace period ran out on the way. */
  readonly nonCompliant: number;
}

/** The clock with all that depends on it. */
export class TimeTravel {
  constructor(
    private readonly clock: Clock,
    private readonly tenants: Tenants,
    private readonly quota: Quota | undefined,
  ) {}

  now(): ClockState {
    return { dateTime: this.clock.nowDateTime(), aheadMs: this.clock.aheadMs };
  }

  /** By an ISO 8601 duration such as `PT36H`, or by milliseconds. @throws {InputError} for any other, and for one below zero. */
  async advance(by: string | number): Promise<Advanced> {
    const byMs = typeof by === "number" ? by : parseDurationMs(by);
    if (!Number.isInteger(byMs) || byMs < 0) {
      throw new InputError(`advance must be a whole number of milliseconds from 0, got ${byMs}: reset() goes back`);
    }
    const fromMs = this.clock.nowMs();
    this.clock.move(byMs);
    const counts = await Promise.all(this.tenants.all().map((world) => endGracePeriods(world, fromMs, fromMs + byMs)));
    return { ...this.now(), nonCompliant: counts.reduce((sum, count) => sum + count, 0) };
  }

  /** To a time that has not been yet. @throws {InputError} */
  async set(dateTime: string): Promise<Advanced> {
    const byMs = parseDateTimeMs("dateTime", dateTime) - this.clock.nowMs();
    if (byMs < 0) {
      throw new InputError(
        `dateTime must be later than the emulator's time, ${this.clock.nowDateTime()}, got ${dateTime}: reset the clock to go back`,
      );
    }
    return this.advance(byMs);
  }

  /** Back to the machine's time. Rows stay as they have become; what the quota counted later than now is forgotten. */
  reset(): ClockState {
    this.clock.move(0 - this.clock.aheadMs);
    this.quota?.clear();
    return this.now();
  }
}
