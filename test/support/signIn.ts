import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DOCUMENTED_EXAMPLE } from "./example";
import { type ProviderProcess, startProviderProcess } from "./providerProcess";
import type { Tenant } from "./tenant";

const processes = new Set<ProviderProcess>();
const folders = new Set<string>();

/** Stop every process and remove every folder of the test file; to be called in `afterAll`. */
export async function closeSignIns(): Promise<void> {
  await Promise.all([...processes].map((one) => one.stop()));
  for (const folder of folders) rmSync(folder, { recursive: true });
  processes.clear();
  folders.clear();
}

/** The real provider process that knows the tenant's addresses and application, and nothing to sign in with but `config` and `env`. */
export async function startSignIn(
  { config }: Tenant,
  more: Record<string, string> = {},
  env: Record<string, string> = {},
): Promise<ProviderProcess> {
  const started = await startProviderProcess({ ...config, clientSecret: "", ...more }, env);
  processes.add(started);
  return started;
}

export const createRow = (provider: ProviderProcess, { deviceCompliancePolicyId }: Tenant): Promise<{ id: string }> =>
  provider.create({ deviceCompliancePolicyId, ...DOCUMENTED_EXAMPLE });

/** What a create that must fail says. */
export async function failureOf(creation: Promise<unknown>): Promise<string> {
  const error: unknown = await creation.then(
    () => new Error("it did not fail"),
    (error: unknown) => error,
  );
  return error instanceof Error ? error.message : String(error);
}

/** Requests of signing in since the journal was cleared, e.g. `POST token`, `GET github`. */
export function signInRequests({ emulator }: Tenant): string[] {
  const names: [RegExp, string][] = [
    [/\/oauth2\/v2\.0\/token$/, "token"],
    [/^\/github\//, "github"],
    [/^\/(metadata|msi)\//, "identity"],
  ];
  return emulator.journal.entries().flatMap(({ method, path }) => {
    const name = names.find(([pattern]) => pattern.test(path))?.[1];
    return name === undefined ? [] : [`${method} ${name}`];
  });
}

export function makeFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "intune-sign-in-"));
  folders.add(folder);
  return folder;
}

export function writeText(name: string, text: string, folder = makeFolder()): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

export interface Shim {
  /** To stand before all else in PATH. */
  readonly folder: string;
  /** How it was called, one array for each time. */
  calls(): string[][];
}

/** A command-line tool that prints `output` and notes its arguments. For POSIX: Windows would want an .exe. */
export function makeShim(name: string, output: { stdout?: string; stderr?: string; exitCode?: number }): Shim {
  const folder = makeFolder();
  const log = path.join(folder, "calls.jsonl");
  const { stdout = "", stderr = "", exitCode = 0 } = output;
  const script = [
    `require("node:fs").appendFileSync(${JSON.stringify(log)}, JSON.stringify(process.argv.slice(2)) + "\\n");`,
    `process.stdout.write(${JSON.stringify(stdout)});`,
    // One argument only asks whether it is there (`pwsh /?`).
    `if (process.argv.length > 3) {`,
    `process.stderr.write(${JSON.stringify(stderr)});`,
    `process.exitCode = ${String(exitCode)};`,
    `}`,
  ].join("\n");
  const main = writeText("main.js", script, folder);
  chmodSync(writeText(name, `#!/bin/sh\nexec "${process.execPath}" "${main}" "$@"\n`, folder), 0o755);
  return {
    folder,
    calls: () =>
      readFileSync(log, "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as string[]),
  };
}
