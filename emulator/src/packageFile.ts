import { createRequire } from "node:module";
import { join } from "node:path";

/** A file of this package, wherever the code runs from: its sources, its compiled files or the one file of the command. */
export function packageFile(path: string): string {
  return join(createRequire(__filename).resolve("intune-emulator/package.json"), "..", path);
}
