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

  /** Moves it forward, or back to the machine's time with 0 - aheadMs. */
  move(byMs: number): void {
    this.offsetMs += byMs;
  }
}
