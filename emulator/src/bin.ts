#!/usr/bin/env node
import { resolve } from "node:path";
import { HELP, parseCommandLine } from "./commandLine";
import type { Command } from "./commandLine";
import { startEmulator } from "./emulator";
import type { Emulator } from "./emulatorHandle";
import type { EmulatorOptions } from "./options";
import { ownVersion } from "./ownVersion";
import { DEFAULT_APP } from "./registeredApps";
import { reasonOf } from "./thrown";

const EXIT_USAGE = 2;

void main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<void> {
  const command = readCommand(args);
  if (command?.kind === "help") process.stdout.write(HELP);
  if (command?.kind === "version") process.stdout.write(`${ownVersion()}\n`);
  if (command?.kind === "start") await start(command.options);
}

function readCommand(args: readonly string[]): Command | undefined {
  try {
    return parseCommandLine(args);
  } catch (error) {
    log(`${reasonOf(error)} (see --help)`);
    process.exitCode = EXIT_USAGE;
    return undefined;
  }
}

async function start(options: EmulatorOptions): Promise<void> {
  try {
    const emulator = await startEmulator(options);
    stopOnSignal(emulator);
    if (options.allowRemoteConnections === true)
      log("everybody who reaches this machine can read and change everything");
    process.stdout.write(`${JSON.stringify(readyLine(emulator, options))}\n`);
  } catch (error) {
    log(reasonOf(error));
    process.exitCode = 1;
  }
}

function readyLine({ graphEndpoint, authority, https, app }: Emulator, options: EmulatorOptions): unknown {
  const { profile = "documented", caCertificatePath } = options;
  const { tenantId, clientId, clientSecret } = app;
  const known = clientSecret === DEFAULT_APP.clientSecret ? { clientSecret } : {};
  const secure = https && {
    httpsGraphEndpoint: https.graphEndpoint,
    httpsAuthority: https.authority,
    ...(caCertificatePath === undefined ? {} : { caCertificatePath: resolve(caCertificatePath) }),
    caCertificatePem: https.caCertificatePem,
  };
  const tenantIds = options.apps?.map((one) => one.tenantId) ?? [];
  const several = tenantIds.length > 1 ? { tenantIds } : {};
  return { graphEndpoint, authority, pid: process.pid, profile, tenantId, ...several, clientId, ...known, ...secure };
}

/** A second signal finds no handler and ends the process at once. */
function stopOnSignal(emulator: Emulator): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      emulator.close().then(
        () => process.exit(0),
        (error: unknown) => {
          log(reasonOf(error));
          process.exit(1);
        },
      );
    });
  }
}

function log(line: string): void {
  process.stderr.write(`intune-emulator: ${line}\n`);
}
