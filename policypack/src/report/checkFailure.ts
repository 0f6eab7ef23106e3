import { oneLine } from "./messageText";

/** What a provider's `check` refused. */
export interface CheckFailure {
  /** The property's path; empty if the failure concerns no single one. */
  readonly property: string;
  readonly reason: string;
}

/**
 * A check failure out of the engine's error text, without the property's value, which the engine prints and which may
 * be an identity. Undefined if the text is another error.
 * Source: issueCheckFailures in pkg/resource/deploy/step_generator.go of pulumi/pulumi.
 */
export function parseCheckFailure(text: string): CheckFailure | undefined {
  const marker = " has a problem: ";
  const property = / resource '.*?': property (\S+) value \{/.exec(text)?.[1];
  // The value may itself hold the marker; the reason is what follows the last one.
  const at = text.lastIndexOf(`}${marker}`);
  if (property !== undefined && at >= 0) return { property, reason: oneLine(text.slice(at + 1 + marker.length)) };
  const whole = / resource '.*?' has a problem: ([^]*)$/.exec(text)?.[1];
  return whole === undefined ? undefined : { property: "", reason: oneLine(whole) };
}
