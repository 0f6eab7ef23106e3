import { createRequire } from "node:module";
import path from "node:path";
import { UsageError } from "../report/usageError";

/**
 * A script of the program's own @pulumi/pulumi, as the language host finds it.
 *
 * @throws {UsageError} if the program has none
 */
export function pulumiScript(name: "run" | "dynamic-provider", programDir: string): string {
  try {
    return createRequire(path.join(programDir, "package.json")).resolve(`@pulumi/pulumi/cmd/${name}`);
  } catch {
    throw new UsageError(`${programDir} cannot load @pulumi/pulumi: install the program's packages first`);
  }
}
