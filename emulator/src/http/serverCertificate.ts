import { webcrypto } from "node:crypto";
import { createRequire } from "node:module";
import { isIP } from "node:net";
import type * as X509Module from "@peculiar/x509";
import { CERTIFICATE_BACKDATED_MS, CERTIFICATE_LIFETIME_MS } from "../limits";

/** What a TLS server shows, and what its clients are to trust. All PEM. */
export interface ServerCertificate {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
  /** The authority that signed it, and nothing else: its key is forgotten when this has been made. */
  readonly caCertificatePem: string;
}

/** Elliptic, since an RSA key takes as long to make as the whole start. */
const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

/**
 * A certificate for the hosts (DNS names and IP addresses), by an authority of its own, both made now. Dated by the machine's time and
 * not the emulator's, since clients judge it.
 */
export async function makeServerCertificate(hosts: readonly string[]): Promise<ServerCertificate> {
  const x509 = loadX509();
  const [authorityKeys, serverKeys] = await Promise.all([makeKeys(), makeKeys()]);
  const issuer = `CN=intune-emulator (pid ${process.pid}), O=intune-emulator`;
  const signed = {
    issuer,
    notBefore: new Date(Date.now() - CERTIFICATE_BACKDATED_MS),
    notAfter: new Date(Date.now() + CERTIFICATE_LIFETIME_MS),
    signingKey: authorityKeys.privateKey,
    signingAlgorithm: ALGORITHM,
  };
  const keyUsages = x509.KeyUsageFlags;
  const authorityId = await x509.SubjectKeyIdentifierExtension.create(authorityKeys.publicKey, false, webcrypto);
  const authority = await x509.X509CertificateGenerator.create(
    {
      ...signed,
      subject: issuer,
      publicKey: authorityKeys.publicKey,
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(keyUsages.keyCertSign | keyUsages.cRLSign, true),
        authorityId,
      ],
    },
    webcrypto,
  );
  const server = await x509.X509CertificateGenerator.create(
    {
      ...signed,
      subject: "CN=localhost",
      publicKey: serverKeys.publicKey,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(keyUsages.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension(
          hosts.map((value) => ({ type: isIP(value) === 0 ? "dns" : "ip", value })),
        ),
        await x509.SubjectKeyIdentifierExtension.create(serverKeys.publicKey, false, webcrypto),
        // Python's ssl refuses one without (VERIFY_X509_STRICT, the default from 3.13 on).
        await x509.AuthorityKeyIdentifierExtension.create(authorityKeys.publicKey, false, webcrypto),
      ],
    },
    webcrypto,
  );
  return {
    certificatePem: `${server.toString("pem")}\n`,
    privateKeyPem: await privateKeyPem(serverKeys.privateKey),
    caCertificatePem: `${authority.toString("pem")}\n`,
  };
}

function makeKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
}

async function privateKeyPem(key: webcrypto.CryptoKey): Promise<string> {
  const base64 = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", key)).toString("base64");
  return `-----BEGIN PRIVATE KEY-----\n${base64.replace(/.{64}(?=.)/g, "$&\n")}\n-----END PRIVATE KEY-----\n`;
}

/** Node reads X.509 and cannot write it. Loaded when https is asked for: it takes longer than the whole start without. */
function loadX509(): typeof X509Module {
  return createRequire(__filename)("@peculiar/x509") as typeof X509Module;
}
