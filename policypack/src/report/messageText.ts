/**
 * A finding's description and message. The SDK sends them as one text, `description + "\n" + message`.
 * Source: makeReportViolationFun of @pulumi/policy 1.21.
 */
export function splitMessage(text: string): { readonly description: string; readonly message: string } {
  const trimmed = text.trim();
  const end = trimmed.indexOf("\n");
  if (end < 0) return { description: "", message: trimmed };
  return { description: trimmed.slice(0, end).trim(), message: oneLine(trimmed.slice(end + 1)) };
}

/** Line breaks and runs of blanks as one blank each. */
export const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();
