/**
 * A path glob: `*` stands for any text within one segment, `**` for any text across segments. Everything else is literal. Takes time by
 * the product of both lengths and no more, which a regular expression with several `.*` would not.
 */
export function matchesGlob(glob: string, path: string): boolean {
  const tokens = glob.match(/\*\*|[^]/gu) ?? [];
  // reached[n]: the first n tokens can stand for the path so far.
  let reached = withEmptyWildcards(tokens, [true]);
  for (const character of path) {
    const next: boolean[] = [];
    for (const [index, token] of tokens.entries()) {
      const isWildcard = token === "**" || (token === "*" && character !== "/");
      if (isWildcard && (reached[index] === true || reached[index + 1] === true)) next[index + 1] = true;
      if (!token.startsWith("*") && token === character && reached[index] === true) next[index + 1] = true;
    }
    reached = withEmptyWildcards(tokens, next);
  }
  return reached[tokens.length] === true;
}

function withEmptyWildcards(tokens: readonly string[], reached: boolean[]): boolean[] {
  for (const [index, token] of tokens.entries()) {
    if (token.startsWith("*") && reached[index] === true) reached[index + 1] = true;
  }
  return reached;
}
