import { readFileSync } from "node:fs";
import { rootCertificates } from "node:tls";
import { ConfigurationError } from "./errors";

/**
 * The certificate authorities to trust, as Node's TLS options take them; undefined for Node's own choice. A list given to
 * TLS replaces that choice, and with it NODE_EXTRA_CA_CERTS (Node's docs, tls.createSecureContext), so both are in it.
 * @throws {ConfigurationError} when the file cannot be read or holds no certificate
 */
export function trustedAuthorities(
  caCertificatePath: string | undefined,
  extraPath = process.env["NODE_EXTRA_CA_CERTS"],
): string[] | undefined {
  if (caCertificatePath === undefined) return undefined;
  const own = readPem(caCertificatePath);
  if ("code" in own)
    throw new ConfigurationError([`intune:caCertificatePath names a file that cannot be read (${own.code})`]);
  if (!own.pem.includes("-----BEGIN CERTIFICATE-----")) {
    throw new ConfigurationError(["intune:caCertificatePath names a file without a PEM certificate"]);
  }
  const extra = extraPath === undefined || extraPath === "" ? undefined : readPem(extraPath);
  // Node itself only warns about an extra file it cannot read.
  return [...rootCertificates, ...(extra !== undefined && "pem" in extra ? [extra.pem] : []), own.pem];
}

function readPem(path: string): { readonly pem: string } | { readonly code: string } {
  try {
    return { pem: readFileSync(path, "utf8") };
  } catch (error) {
    return { code: String((error as NodeJS.ErrnoException).code) };
  }
}
