import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";

const AUTOCANNON = path.resolve(__dirname, "..", "peers", "node_modules", "autocannon", "autocannon.js");
const CONNECTIONS = 16;

export interface Load {
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Requests a second that a server answers, asked by a process of its own. @throws {Error} unless every answer is 2xx */
export async function requestsPerSecond({ url, method, headers, body }: Load, seconds: number): Promise<number> {
  const args = [
    ...[AUTOCANNON, "--json", "--no-progress", "--connections", String(CONNECTIONS), "--duration", String(seconds)],
    ...["--method", method],
    ...Object.entries(headers).flatMap(([name, value]) => ["--headers", `${name}=${value}`]),
    ...(body === undefined ? [] : ["--body", body]),
    url,
  ];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 1 << 24 });
  const result = JSON.parse(stdout) as { "2xx": number; non2xx: number; errors: number; duration: number };
  if (result.non2xx > 0 || result.errors > 0 || result["2xx"] === 0) {
    throw new Error(`${method} ${url}: ${String(result.non2xx)} answers were no 2xx, ${String(result.errors)} failed`);
  }
  return result["2xx"] / result.duration;
}
