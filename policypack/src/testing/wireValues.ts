import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";

/** The properties of a resource as they travel: JSON values, {@link UNKNOWN} and {@link secret} among them. */
export type Properties = Record<string, JavaScriptValue>;

/** Stands for a value that preview cannot know. Source: `runtime.unknownValue` of @pulumi/pulumi. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

// Source: `specialSigKey` and `specialSecretSig` of @pulumi/pulumi (runtime/rpc.ts).
const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";

/** A secret as it travels to a policy pack, which receives the value in clear text. */
export const secret = (value: JavaScriptValue): JavaScriptValue => ({ [SIGNATURE_KEY]: SECRET_SIGNATURE, value });

/** The value with every secret in it, at any depth, replaced by what it holds. */
export function withoutSecrets(value: JavaScriptValue): JavaScriptValue {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null) return value;
  const entries = value as Readonly<Record<string, JavaScriptValue>>;
  if (entries[SIGNATURE_KEY] === SECRET_SIGNATURE) return withoutSecrets(entries["value"] ?? null);
  return Object.fromEntries(Object.entries(entries).map(([key, inner]) => [key, withoutSecrets(inner)]));
}

/** Whether the value is a secret, or holds one at any depth. */
export function holdsSecret(value: JavaScriptValue): boolean {
  if (typeof value !== "object" || value === null) return false;
  const entries = value as Readonly<Record<string, JavaScriptValue>>;
  return entries[SIGNATURE_KEY] === SECRET_SIGNATURE || Object.values(entries).some(holdsSecret);
}

/** The engine shows policies no top-level key that begins so. Source: `SkipInternalKeys` of pulumi/pulumi. */
export const withoutInternalKeys = (props: Properties): Properties =>
  Object.fromEntries(Object.entries(props).filter(([key]) => !key.startsWith("__")));
