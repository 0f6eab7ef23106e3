import { nearest } from "pulumi-intune/model";

/** The question that ends a sentence about a misspelt name, or nothing if no candidate is near. */
export function hint(word: unknown, candidates: readonly string[]): string {
  const guess = typeof word === "string" ? nearest(word, candidates) : undefined;
  return guess === undefined ? "" : ` Did you mean "${guess}"?`;
}
