/** Counts what came within the last `windowMs`, up to a limit. */
export class SlidingWindow {
  /** Times of arrival, ascending; those before `first` are over. */
  private readonly arrivalsMs: number[] = [];
  private first = 0;

  constructor(
    private readonly limit: number,
    private readonly windowMs: number,
  ) {}

  /** 0 when one more fits in; else the time until one would, in milliseconds. */
  waitMs(nowMs: number): number {
    for (;;) {
      const oldestMs = this.arrivalsMs[this.first];
      if (oldestMs === undefined || nowMs - oldestMs < this.windowMs) break;
      this.first++;
    }
    if (this.first > this.limit) {
      this.arrivalsMs.splice(0, this.first);
      this.first = 0;
    }
    const oldestMs = this.arrivalsMs[this.first];
    const isFull = oldestMs !== undefined && this.arrivalsMs.length - this.first >= this.limit;
    return isFull ? oldestMs + this.windowMs - nowMs : 0;
  }

  add(nowMs: number): void {
    this.arrivalsMs.push(nowMs);
  }
}
