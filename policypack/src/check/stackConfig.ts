import { existsSync } from "node:fs";
import path from "node:path";
import { UsageError } from "../report/usageError";
import { UNKNOWN } from "../testing/wireValues";
import { isObject, readYaml, type Project } from "./project";

export interface StackConfig {
  /** What is known, by `namespace:key`. */
  readonly known: Readonly<Record<string, string>>;
  /** The keys whose values are encrypted, wholly or in part. They cannot be decrypted here, and are unknown values. */
  readonly encryptedKeys: readonly string[];
  /** What the program's configuration is: the known values, and the sentinel in place of each encrypted one. */
  readonly forProgram: Readonly<Record<string, string>>;
  /** One line each. */
  readonly notes: readonly string[];
}

/**
 * A stack's configuration: the project's own, the stack file's, then the values of the command line.
 *
 * @param stack the stack's name, if its file is to be read
 * @param values `key=value` each; a key without namespace gets the project's name
 * @throws {UsageError} if the stack has no file, or a value no equals sign
 */
export function readStackConfig(project: Project, stack: string | undefined, values: readonly string[]): StackConfig {
  const file = stack === undefined ? {} : readStackFile(project, stack);
  const entries = new Map<string, Entry>();
  for (const [key, setting] of Object.entries(project.config)) {
    const entry = projectSetting(setting);
    if (entry !== undefined) entries.set(qualified(project, key), entry);
  }
  for (const [key, value] of Object.entries(isObject(file["config"]) ? file["config"] : {}))
    entries.set(qualified(project, key), toEntry(value));
  for (const assignment of values) {
    const at = assignment.indexOf("=");
    if (at <= 0) throw new UsageError("--config-value takes KEY=VALUE: write the key, an equals sign, the value");
    entries.set(qualified(project, assignment.slice(0, at)), { text: assignment.slice(at + 1), encrypted: false });
  }
  const all = [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
  const encryptedKeys = all.filter(([, { encrypted }]) => encrypted).map(([key]) => key);
  return {
    known: textsOf(all.filter(([, { encrypted }]) => !encrypted)),
    encryptedKeys,
    forProgram: textsOf(all),
    notes: notesOf(encryptedKeys, file),
  };
}

interface Entry {
  readonly text: string;
  readonly encrypted: boolean;
}

function readStackFile({ stackConfigDir }: Project, stack: string): Readonly<Record<string, unknown>> {
  const file = path.join(stackConfigDir, `Pulumi.${stack}.yaml`);
  if (!existsSync(file))
    throw new UsageError(`there is no ${file}: --stack takes the name of a stack with such a file`);
  return readYaml(file);
}

/** A setting of Pulumi.yaml is a value, or a declaration with `value` or `default`. */
function projectSetting(setting: unknown): Entry | undefined {
  if (!isObject(setting)) return toEntry(setting);
  const value = setting["value"] ?? setting["default"];
  return value === undefined ? undefined : toEntry(value);
}

function toEntry(value: unknown): Entry {
  const { plain, encrypted } = withoutCiphertext(value);
  return { text: typeof plain === "string" ? plain : JSON.stringify(plain), encrypted };
}

/** `{secure: ciphertext}`, at any depth, becomes the sentinel of an unknown value. */
function withoutCiphertext(value: unknown): { readonly plain: unknown; readonly encrypted: boolean } {
  if (Array.isArray(value)) {
    const items = value.map(withoutCiphertext);
    return { plain: items.map(({ plain }) => plain), encrypted: items.some(({ encrypted }) => encrypted) };
  }
  if (!isObject(value)) return { plain: value, encrypted: false };
  if (typeof value["secure"] === "string" && Object.keys(value).length === 1)
    return { plain: UNKNOWN, encrypted: true };
  const items = Object.entries(value).map(([key, inner]) => [key, withoutCiphertext(inner)] as const);
  return {
    plain: Object.fromEntries(items.map(([key, { plain }]) => [key, plain])),
    encrypted: items.some(([, { encrypted }]) => encrypted),
  };
}

function notesOf(encryptedKeys: readonly string[], file: Readonly<Record<string, unknown>>): readonly string[] {
  const notes: string[] = [];
  if (encryptedKeys.length > 0)
    notes.push(`Encrypted configuration cannot be read here and counts as unknown: ${encryptedKeys.join(", ")}.`);
  if (file["environment"] !== undefined)
    notes.push("The stack's environments are not opened: their values are missing.");
  return notes;
}

const qualified = ({ name }: Project, key: string): string => (key.includes(":") ? key : `${name}:${key}`);

const textsOf = (entries: readonly (readonly [string, Entry])[]): Record<string, string> =>
  Object.fromEntries(entries.map(([key, { text }]) => [key, text]));
