import { LAST_DATE_TIME_MS } from "../limits";
import { parseDateTimeOffset, unixMsOf } from "../model/dateTimeOffset";
import { InputError } from "../inputError";

/**
 * The emulated tenants' time. It runs with the machine's clock, from which it may be moved: grace periods, tokens and throttling
 * windows then pass without waiting. Nothing else in the emulator asks the machine what time it is.
 */
export class Clock {
  private offsetMs = 0;

  /** Milliseconds since 1970-01-01T00:00:00Z. */
  nowMs(): number {
    return Date.now() + this.offsetMs;
  }

  nowSeconds(): number {
    return Math.floor(this.nowMs() / 1000);
  }

  /** ISO 8601 with milliseconds and `Z`. */
  nowDateTime(): string {
    return new Date(this.nowMs()).toISOString();
  }

  /** How far it is ahead of the machine's clock. */
  get aheadMs(): number {
    return this.offsetMs;
  }

  /** Moves it forward, or back to the machine's time with 0 - aheadMs. @throws {InputError} beyond the year 9999. */
  move(byMs: number): void {
    if (this.nowMs() + byMs > LAST_DATE_TIME_MS) {
      throw new InputError(
        "the clock cannot go beyond 9999-12-31, the last day of Edm.DateTimeOffset: advance it by less",
      );
    }
    this.offsetMs += byMs;
  }
}

/** ISO 8601 durations without years and months, whose lengths vary; fractions only of the seconds. */
const DURATION =
  /^P(?=\d|T\d)(?:(\d{1,9})W)?(?:(\d{1,9})D)?(?:T(?=\d)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d{1,3})?)S)?)?$/;

/** Milliseconds of a duration such as `PT36H`. @throws {InputError} */
export function parseDurationMs(duration: unknown): number {
  const match = typeof duration === "string" ? DURATION.exec(duration) : null;
  if (match === null) {
    throw new InputError(
      `advance must be an ISO 8601 duration of weeks, days, hours, minutes or seconds such as PT36H, got ${JSON.stringify(duration)}`,
    );
  }
  const [, weeks = "0", days = "0", hours = "0", minutes = "0", seconds = "0"] = match;
  const allHours = (Number(weeks) * 7 + Number(days)) * 24 + Number(hours);
  return Math.round(((allHours * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000);
}

/** Milliseconds since 1970 of a date with time and offset. @throws {InputError} naming `what`. */
export function parseDateTimeMs(what: string, dateTime: unknown): number {
  const ticks = typeof dateTime === "string" ? parseDateTimeOffset(dateTime) : undefined;
  if (ticks === undefined) {
    throw new InputError(
      `${what} must be a date, a time with seconds and an offset, such as 2026-01-02T03:04:05Z, got ${JSON.stringify(dateTime)}`,
    );
  }
  return unixMsOf(ticks);
}
