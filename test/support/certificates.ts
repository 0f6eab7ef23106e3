import "reflect-metadata";
import { generateKeyPairSync, type KeyObject, sign, webcrypto } from "node:crypto";
import { isIP } from "node:net";
import * as x509 from "@peculiar/x509";

/** A throw-away key with its certificate, made in the test: none is in the repository. */
export interface Identity {
  readonly certificatePem: string;
  readonly privateKey: KeyObject;
  /** PKCS#8, as it stands in a file. */
  readonly privateKeyPem: string;
  readonly publicKeyPem: string;
}

const ALGORITHM = {
  name: "RSASSA-PKCS1-v1_5",
  hash: "SHA-256",
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
};
const DAY_MS = 86_400_000;

/** A certificate for `commonName`, signed by `issuer` or by itself; `host` makes it one for a TLS server. */
export async function makeCertificate(
  commonName: string,
  options: { issuer?: Identity; host?: string; isAuthority?: boolean; notAfter?: Date } = {},
): Promise<Identity> {
  const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const privateKeyPem = keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const publicKeyPem = keys.publicKey.export({ type: "spki", format: "pem" }).toString();
  const signer = options.issuer ?? { privateKey: keys.privateKey };
  const certificate = await x509.X509CertificateGenerator.create(
    {
      subject: `CN=${commonName}`,
      issuer:
        options.issuer === undefined
          ? `CN=${commonName}`
          : new x509.X509Certificate(options.issuer.certificatePem).subject,
      notBefore: new Date(Date.now() - 2 * DAY_MS),
      notAfter: options.notAfter ?? new Date(Date.now() + DAY_MS),
      publicKey: await importKey("spki", keys.publicKey.export({ type: "spki", format: "der" }), "verify"),
      signingKey: await importKey("pkcs8", signer.privateKey.export({ type: "pkcs8", format: "der" }), "sign"),
      signingAlgorithm: ALGORITHM,
      extensions: [
        new x509.BasicConstraintsExtension(options.isAuthority === true, undefined, true),
        ...(options.host === undefined
          ? []
          : [
              new x509.SubjectAlternativeNameExtension([
                { type: isIP(options.host) === 0 ? "dns" : "ip", value: options.host },
              ]),
            ]),
      ],
    },
    webcrypto,
  );
  return {
    certificatePem: `${certificate.toString("pem")}\n`,
    privateKey: keys.privateKey,
    privateKeyPem,
    publicKeyPem,
  };
}

function importKey(format: "spki" | "pkcs8", der: Buffer, usage: "sign" | "verify"): Promise<webcrypto.CryptoKey> {
  return webcrypto.subtle.importKey(format, der, ALGORITHM, true, [usage]);
}

/** A token as an issuer of workload identities signs it, RS256. */
export function signToken(
  claims: Record<string, unknown>,
  { privateKey }: Pick<Identity, "privateKey">,
  header: Record<string, unknown> = {},
): string {
  const parts = [{ typ: "JWT", alg: "RS256", ...header }, claims];
  const content = parts.map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
  return `${content}.${sign("sha256", Buffer.from(content), privateKey).toString("base64url")}`;
}
