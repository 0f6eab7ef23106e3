import { createHash } from "node:crypto";

/**
 * The numbers of one fault rule, from 0 up to but not 1: the same ones in every run with the same seed, whatever other rules there are.
 * A hash over a count, where a generator would need a library or code of our own; rules with a probability are rare enough for it.
 */
export class Chance {
  private drawn = 0;

  constructor(
    private readonly seed: number,
    private readonly rule: number,
  ) {}

  next(): number {
    const digest = createHash("sha256").update(`${this.seed}/${this.rule}/${this.drawn++}`).digest();
    return digest.readUInt32BE(0) / 2 ** 32;
  }
}
