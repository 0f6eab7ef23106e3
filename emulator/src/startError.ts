/** The emulator cannot start, for a cause the person who started it can remove. The message names the cause and the fix in one line. */
export class StartError extends Error {
  override readonly name = "StartError";
}
