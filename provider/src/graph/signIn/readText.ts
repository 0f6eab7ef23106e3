import { readFile } from "node:fs/promises";
import { AuthenticationError } from "../errors";
import type { TextSource } from "./signIn";

/** The text of a setting, or what the file it names holds now. @throws {AuthenticationError} naming the setting */
export async function readText(source: TextSource): Promise<string> {
  if ("text" in source) return source.text;
  const text = (await readBytes(source.path, source.name)).toString("utf8").trim();
  if (text === "") throw new AuthenticationError(`the file that ${source.name} names is empty`, "fill it", undefined);
  return text;
}

/** @throws {AuthenticationError} naming the setting and the system's code, not the path */
export async function readBytes(path: string, name: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = `the file that ${name} names cannot be read (${String(code)})`;
    throw new AuthenticationError(reason, "check that it is there and may be read", undefined);
  }
}
