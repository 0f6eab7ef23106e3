/** Largest edit distance at which a spelling still counts as a slip of one of the candidates. */
const MAX_EDIT_DISTANCE = 2;

/**
 * The candidate a misspelt word most likely stands for, or `undefined` if none is near.
 * Case and separators are looked past first (`non-compliant`, `NON_COMPLIANT`, `noncompliant`), then up to
 * two single-character edits (insert, remove, change, swap of neighbours). Of two that are equally near neither is
 * offered: `incompliant` is as near to `compliant` as to `nonCompliant`.
 */
export function nearest<T extends string>(word: string, candidates: readonly T[]): T | undefined {
  const folded = fold(word);
  if (folded === "") return undefined;
  const [best, second] = candidates
    .map((candidate) => ({ candidate, distance: editDistance(folded, fold(candidate)) }))
    .filter(({ candidate, distance }) => distance <= Math.min(MAX_EDIT_DISTANCE, Math.floor(candidate.length / 3)))
    .sort((a, b) => a.distance - b.distance);
  return best?.distance === second?.distance ? undefined : best?.candidate;
}

const fold = (word: string): string => word.toLowerCase().replace(/[^a-z0-9]/g, "");

/** Optimal string alignment distance. Words longer than any candidate plus the limit are cut, for their cost is bounded then. */
function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > MAX_EDIT_DISTANCE) return Number.POSITIVE_INFINITY;
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i, ...Array.from({ length: b.length }, () => 0)]);
  const at = (i: number, j: number): number => rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let j = 1; j <= b.length; j++) (rows[0] ?? [])[j] = j;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const best = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + change);
      (rows[i] ?? [])[j] = swapped ? Math.min(best, at(i - 2, j - 2) + 1) : best;
    }
  }
  return at(a.length, b.length);
}
