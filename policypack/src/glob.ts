/** A pattern in which `*` stands for any run of characters and `?` for one, as a test of whole texts. Case counts. */
export function globTest(pattern: string): (text: string) => boolean {
  // A run of stars means what one does, and backtracks without end on a long text.
  const escaped = pattern.replace(/\*+/g, "*").replace(/[.+^${}()|[\]\\]/g, "\\$&");
  const expression = new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "su");
  return (text) => expression.test(text);
}
