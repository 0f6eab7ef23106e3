import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";

/** A child process of Pulumi's that serves gRPC and printed its port. */
export interface ServingChild {
  /** On 127.0.0.1. */
  readonly address: string;
  /** All that it wrote besides its port, on either stream. */
  readonly output: () => string;
  /** Ends it with SIGTERM; resolves when it is gone. */
  readonly stop: () => Promise<void>;
}

const START_TIMEOUT_MS = 60_000;

/**
 * Start a Node script that serves gRPC and prints its port as the first line, as plugins of the engine do.
 *
 * @throws {Error} if it ends, prints something else or stays silent; the process is gone then
 */
export async function startServing(
  title: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<ServingChild> {
  const child = spawn(process.execPath, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  const gone = once(child, "exit");
  const texts = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name].setEncoding("utf8").on("data", (text: string) => (texts[name] += text));
  const port = await readPort(title, child, texts).catch(async (error: unknown) => {
    child.kill("SIGKILL");
    await gone;
    throw error;
  });
  return {
    address: `127.0.0.1:${port}`,
    output: () => texts.stdout.replace(`${port}\n`, "") + texts.stderr,
    async stop() {
      child.kill();
      await gone;
    },
  };
}

function readPort(title: string, child: ChildProcess, texts: { readonly stdout: string; readonly stderr: string }) {
  return new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`${title} printed no port within ${START_TIMEOUT_MS / 1000} s: ${texts.stderr}`));
    }, START_TIMEOUT_MS);
    const end = (act: () => void) => {
      clearTimeout(timer);
      act();
    };
    child.once("exit", (code) => {
      end(() => {
        reject(new Error(`${title} ended with ${String(code)}: ${texts.stdout}${texts.stderr}`));
      });
    });
    child.stdout?.on("data", () => {
      if (!texts.stdout.includes("\n")) return;
      const port = /^(\d+)\n/.exec(texts.stdout)?.[1];
      end(() => {
        if (port === undefined) reject(new Error(`${title}: the first line is no port: ${texts.stdout}`));
        else resolve(port);
      });
    });
  });
}
