export function checkCommand(_a: readonly string[], _b: unknown): number {
  return 2;
}
