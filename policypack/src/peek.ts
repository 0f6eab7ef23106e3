/** What a policy can learn of a property: its value, or that preview cannot know it yet. */
type Reading = { readonly known: true; readonly value: unknown } | { readonly known: false };

/** Reads a property of the resource under judgement. */
export type Read = (property: string) => Reading;

/**
 * Read properties without ending at the first unknown one. The SDK hands policies a proxy whose getter throws for an
 * unknown value; left uncaught, that ends the whole policy for the resource with an advisory line, so that one unknown
 * property would open a mandatory gate. Source: `unknownCheckingProxy` and `makeAnalyzeRpcFun` of @pulumi/policy 1.21.
 */
export function peek(props: Readonly<Record<string, unknown>>): Read {
  return (property) => {
    try {
      return { known: true, value: Object.hasOwn(props, property) ? props[property] : undefined };
    } catch (error) {
      if (isUnknownRead(error)) return { known: false };
      throw error;
    }
  };
}

/**
 * True for the SDK's `UnknownValueError`. Told by its shape: where two copies of @pulumi/policy are installed,
 * `instanceof` compares with the wrong class.
 */
export function isUnknownRead(error: unknown): boolean {
  return typeof error === "object" && error !== null && "unknownTypeSentinel" in error;
}

/** A property's value if it is known and given; null counts as not given, as Graph answers null for what was never set. */
export function givenValue(read: Read, property: string): unknown {
  const reading = read(property);
  return reading.known ? (reading.value ?? undefined) : undefined;
}

/** Every text in a value at any depth, the value's own included; `onUnknown` is called for each value not known yet. */
export function* textsIn(value: unknown, onUnknown: () => void): Generator<string> {
  if (typeof value === "string") yield value;
  if (typeof value !== "object" || value === null) return;
  const read = peek(value as Record<string, unknown>);
  for (const key of Object.keys(value)) {
    const inner = read(key);
    if (inner.known) yield* textsIn(inner.value, onUnknown);
    else onUnknown();
  }
}
