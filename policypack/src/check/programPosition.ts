import path from "node:path";
import { fileURLToPath } from "node:url";
import type { StackFrame } from "@pulumi/pulumi/proto/source_pb";
import type { SourcePosition } from "../report/report";

/** Where the program itself made the call: the innermost frame in its folder that belongs to no package. */
export function programPosition(frames: readonly StackFrame[], programDir: string): SourcePosition | undefined {
  for (const frame of frames) {
    const position = frame.getPc();
    const uri = position?.getUri() ?? "";
    if (position === undefined || !uri.startsWith("file:")) continue;
    const file = fileURLToPath(uri);
    const isOwn = !path.relative(programDir, file).startsWith("..") && !file.split(path.sep).includes("node_modules");
    if (!isOwn) continue;
    const shown = path.relative(process.cwd(), file).split(path.sep).join("/");
    return { file: shown, line: position.getLine(), column: position.getColumn() };
  }
  return undefined;
}
