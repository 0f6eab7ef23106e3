import type { EntityDescriptor } from "../model/entityDescriptor";
import type { Values } from "../model/body";
import { inputSchema } from "../model/inputSchema";
import { nearest } from "../model/nearest";
import { holdsUnknown } from "../model/unknownValue";

/** One fault of the inputs, as the engine prints it: "property P value V has a problem: R". */
export interface CheckFailure {
  /** Empty where the value V must not be printed, since it names a person or a device; the reason names the property then. */
  readonly property: string;
  readonly reason: string;
}

/**
 * Every fault of the inputs at once; the inputs themselves stay as the user wrote them.
 * A value still unknown in preview is passed over: `check` runs again when it is known.
 * Keys with two leading underscores are the engine's and the SDK's own.
 */
export function check(descriptor: EntityDescriptor, news: Values): CheckFailure[] {
  const own = Object.entries(news).filter(([key, value]) => !key.startsWith("__") && value !== undefined);
  const names = new Set([...descriptor.parentKeys, ...descriptor.properties.map(({ name }) => name)]);
  const undecided = new Set(own.filter(([key, value]) => names.has(key) && holdsUnknown(value)).map(([key]) => key));
  const known = Object.fromEntries(own.filter(([key]) => !undecided.has(key)));
  const parsed = inputSchema(descriptor, undecided).safeParse(known);
  if (parsed.success) return [];
  return parsed.error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => unknownProperty(key, [...names]))
      : [failure(descriptor, String(issue.path[0]), issue.message)],
  );
}

function failure(descriptor: EntityDescriptor, property: string, reason: string): CheckFailure {
  const identity = descriptor.properties.some(({ name, identity }) => name === property && identity);
  return identity ? { property: "", reason: `${property} ${reason}` } : { property, reason: `it ${reason}` };
}

function unknownProperty(key: string, names: readonly string[]): CheckFailure {
  const guess = nearest(key, names);
  const fix = guess === undefined ? `the properties are ${names.join(", ")}` : `did you mean ${guess}?`;
  return { property: "", reason: `${key} is no property of this resource; ${fix}` };
}
