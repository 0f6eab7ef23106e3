/** One figure of a group, e.g. `requests-per-create`. */
export interface Figure {
  readonly name: string;
  readonly value: number;
}

/**
 * A group of figures that are measured together. `say` prints a line that explains them. For a name that begins with
 * `emulator-`, `npm run bench` installs the programs of bench/peers.
 */
export interface Group {
  readonly name: string;
  readonly measure: (say: (line: string) => void) => Promise<readonly Figure[]>;
}

/** The middle of the values, which one slow run does not move. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (upper + lower) / 2;
}
