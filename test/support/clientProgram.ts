import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import type { Emulator } from "intune-emulator";

const FOLDER = path.join(__dirname, "..", "protocol", "programs");

/** `address`: the program is given the emulator's. `proxy`: it asks Microsoft's own, and its environment leads it to the emulator. */
export type Pointing = "address" | "proxy";

/** What a program of test/protocol/programs prints, parsed. Its environment has `env`, where to go, and whom to trust. */
export async function runClientProgram(
  name: string,
  { graphEndpoint, https, app }: Emulator,
  { pointing, env = {}, trusts = true }: { pointing: Pointing; env?: Record<string, string>; trusts?: boolean },
): Promise<unknown> {
  if (https === undefined) throw new Error("no https endpoint");
  const folder = mkdtempSync(path.join(tmpdir(), "intune-client-"));
  const caCertificatePath = path.join(folder, "ca.pem");
  writeFileSync(caCertificatePath, https.caCertificatePem);
  const where =
    pointing === "address"
      ? { GRAPH_ENDPOINT: https.graphEndpoint, AUTHORITY: https.authority }
      : {
          GRAPH_ENDPOINT: "https://graph.microsoft.com",
          AUTHORITY: "https://login.microsoftonline.com",
          HTTPS_PROXY: graphEndpoint,
        };
  const preload = pointing === "proxy" ? ["--import", path.join(FOLDER, "environmentProxy.mjs")] : [];
  const { stdout } = await promisify(execFile)(process.execPath, [...preload, path.join(FOLDER, `${name}.mjs`)], {
    env: {
      PATH: process.env["PATH"],
      TENANT_ID: app.tenantId,
      CLIENT_ID: app.clientId,
      CLIENT_SECRET: app.clientSecret,
      ...where,
      ...(trusts ? { NODE_EXTRA_CA_CERTS: caCertificatePath } : {}),
      ...env,
    },
  }).finally(() => {
    rmSync(folder, { recursive: true });
  });
  return JSON.parse(stdout);
}
