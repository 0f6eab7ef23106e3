/** Something handed over, a rule, a date, a file, that cannot be used. The message names the thing, the rule and the fix. */
export class InputError extends Error {
  override readonly name = "InputError";
}
