import { readFileSync } from "node:fs";
import { isJsonObject } from "./model/json";
import { packageFile } from "./packageFile";

/** The version in the package's manifest. */
export function ownVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(packageFile("package.json"), "utf8"));
  return isJsonObject(manifest) && typeof manifest["version"] === "string" ? manifest["version"] : "unknown";
}
