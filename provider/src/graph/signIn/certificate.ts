import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { AuthenticationError } from "../errors";
import { readBytes } from "./readText";
import type { TextSource } from "./signIn";

const CONVERSION =
  "convert it with `openssl pkcs12 -in certificate.pfx -out certificate.pem -nodes` and name the new file in intune:clientCertificatePath";

/**
 * The certificate with its opened private key, as one PEM text. Looked at before the library does, which says of every
 * fault that there is no PEM-encoded certificate.
 * @throws {AuthenticationError}
 */
export async function readCertificate(
  source: TextSource,
  password: string | undefined,
  nowMs: number,
): Promise<string> {
  const bytes = "text" in source ? decode(source.text) : await readBytes(source.path, source.name);
  // DER begins with a SEQUENCE; PKCS#12 (RFC 7292) is always DER.
  if (bytes[0] === 0x30) throw fault("it is PKCS#12 (or DER), which @azure/identity does not read", CONVERSION);
  const pem = bytes.toString("utf8");
  const certificates = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  const [first] = certificates;
  if (first === undefined) throw fault("there is no PEM certificate in it", PEM_NEEDED);
  const certificate = parseCertificate(first);
  const key = openKey(pem, password);
  if (key.asymmetricKeyType !== "rsa") throw fault("its private key is not RSA, which Entra asks for", PEM_NEEDED);
  if (!certificate.checkPrivateKey(key)) throw fault("its private key belongs to another certificate", PEM_NEEDED);
  if (Date.parse(certificate.validTo) <= nowMs) {
    throw fault(`it has expired (${certificate.validTo})`, "make a new one and upload it in the app registration");
  }
  return [key.export({ type: "pkcs8", format: "pem" }).toString().trim(), ...certificates, ""].join("\n");
}

const PEM_NEEDED = "give one PEM text with the certificate (first) and its RSA private key";

function decode(text: string): Buffer {
  return text.includes("-----BEGIN") ? Buffer.from(text) : Buffer.from(text, "base64");
}

function parseCertificate(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw fault("its PEM certificate cannot be parsed", PEM_NEEDED);
  }
}

function openKey(pem: string, password: string | undefined): KeyObject {
  const [key] = /-----BEGIN ([A-Z]+ )?PRIVATE KEY-----[\s\S]+?PRIVATE KEY-----/.exec(pem) ?? [];
  if (key === undefined) throw fault("there is no private key in it", PEM_NEEDED);
  try {
    return createPrivateKey({ key, format: "pem", ...(password === undefined ? {} : { passphrase: password }) });
  } catch {
    const isEncrypted = key.includes("ENCRYPTED");
    if (!isEncrypted) throw fault("its private key cannot be parsed", PEM_NEEDED);
    const reason =
      password === undefined ? "its private key is encrypted" : "its private key does not open with the password";
    throw fault(reason, "set intune:clientCertificatePassword (pulumi config set --secret)");
  }
}

const fault = (reason: string, whatToDo: string): AuthenticationError =>
  new AuthenticationError(`the client certificate cannot be used: ${reason}`, whatToDo, undefined);
