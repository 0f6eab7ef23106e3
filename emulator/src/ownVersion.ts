import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isJsonObject } from "./model/json";

/** The version in the package's manifest. */
export function ownVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(__dirname, "../package.json"), "utf8"));
  return isJsonObject(manifest) && typeof manifest["version"] === "string" ? manifest["version"] : "unknown";
}
