import { createPublicKey, X509Certificate } from "node:crypto";
import { GITHUB_ISSUER, GITHUB_SUBJECT } from "./identity/gitHub";
import { APPS_READ_WRITE_ROLE, READ_WRITE_ROLE } from "./limits";
import { isDateTimeOffset } from "./model/dateTimeOffset";
import { StartError } from "./startError";

/** An application registered in the emulated tenant. `roles` are the application permissions an administrator has granted it. */
export interface EmulatorApp {
  tenantId: string;
  clientId: string;
  clientSecret: string;
  /** When the secret ends, as Graph's passwordCredential has it. Default: never. */
  clientSecretEndDateTime?: string;
  roles: readonly string[];
  /** Certificates (PEM, public part) whose private keys may sign assertions for it. */
  certificates?: readonly string[];
  /** Tokens of other issuers that speak for it, as Graph's federatedIdentityCredential. */
  federatedCredentials?: readonly FederatedCredential[];
}

export interface FederatedCredential {
  issuer: string;
  subject: string;
  /** Default "api://AzureADTokenExchange". */
  audience?: string;
  /** PEM (SPKI). Entra ID asks the issuer for it; absent means the emulator's own GitHub endpoint. */
  publicKey?: string;
}

/** The same for everybody and in every release, so that it can stand in examples: it protects nothing. */
export const DEFAULT_APP: EmulatorApp = {
  tenantId: "e0000000-0000-4000-8000-000000000001",
  clientId: "e0000000-0000-4000-8000-000000000002",
  clientSecret: "intune-emulator-well-known-secret",
  roles: [READ_WRITE_ROLE, APPS_READ_WRITE_ROLE],
  federatedCredentials: [{ issuer: GITHUB_ISSUER, subject: GITHUB_SUBJECT }],
};

/** Whether what applications sign in with can be read: found out at the start and not at a client's first token. @throws {StartError} */
export function assertApps(apps: readonly EmulatorApp[]): void {
  for (const [index, app] of apps.entries()) {
    const of = `apps[${index}]`;
    const { certificates = [], federatedCredentials = [], clientSecretEndDateTime } = app;
    for (const [at, pem] of certificates.entries())
      assertReadable(`${of}.certificates[${at}]`, "an X.509 certificate", () => new X509Certificate(pem));
    for (const [at, { publicKey }] of federatedCredentials.entries()) {
      if (publicKey === undefined) continue;
      assertReadable(`${of}.federatedCredentials[${at}].publicKey`, "a public key", () => createPublicKey(publicKey));
    }
    if (clientSecretEndDateTime !== undefined && !isDateTimeOffset(clientSecretEndDateTime)) {
      throw new StartError(
        `${of}.clientSecretEndDateTime must be a date-time such as 2026-01-02T03:04:05Z, got '${clientSecretEndDateTime}'`,
      );
    }
  }
}

/** The text itself is not repeated: where a certificate was expected, a private key may stand. */
function assertReadable(name: string, kind: string, read: () => unknown): void {
  try {
    read();
  } catch {
    throw new StartError(
      `${name} must be ${kind} in PEM, as text that begins with -----BEGIN; this text cannot be read`,
    );
  }
}
