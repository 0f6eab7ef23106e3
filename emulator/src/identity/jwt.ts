import { constants, createHash, sign, verify } from "node:crypto";
import type { KeyObject, X509Certificate } from "node:crypto";
import { isJsonObject } from "../model/json";
import type { JsonObject } from "../model/json";

/** A JWS in compact form (RFC 7515), taken apart and not yet believed. */
export interface Jwt {
  readonly header: JsonObject;
  readonly claims: JsonObject;
  readonly content: string;
  readonly signature: Buffer;
}

export function parseJwt(text: string): Jwt | undefined {
  const [header, payload, signature, ...more] = text.split(".");
  if (header === undefined || payload === undefined || signature === undefined || more.length > 0) return undefined;
  const [parsedHeader, claims] = [decode(header), decode(payload)];
  if (parsedHeader === undefined || claims === undefined) return undefined;
  const content = `${header}.${payload}`;
  return { header: parsedHeader, claims, content, signature: Buffer.from(signature, "base64url") };
}

/** Whether the key made the signature, by RS256 or PS256 (RFC 7518 section 3): those Entra ID takes of a client. */
export function isSignedBy({ header, content, signature }: Jwt, key: KeyObject): boolean {
  if (key.asymmetricKeyType !== "rsa") return false;
  const bytes = Buffer.from(content);
  if (header["alg"] === "RS256") return verify("sha256", bytes, key, signature);
  if (header["alg"] !== "PS256") return false;
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  return verify("sha256", bytes, { key, padding, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }, signature);
}

/** Whether the header names the certificate: `x5t#S256` or `x5t` (RFC 7515 section 4.1.7 and 4.1.8). */
export function namesCertificate({ header }: Jwt, certificate: X509Certificate): boolean {
  const thumbprint = (hash: "sha1" | "sha256"): string => createHash(hash).update(certificate.raw).digest("base64url");
  const [sha256, sha1] = [header["x5t#S256"], header["x5t"]].map(unpadded);
  return sha256 === undefined ? sha1 === thumbprint("sha1") : sha256 === thumbprint("sha256");
}

export function signRs256(claims: JsonObject, key: KeyObject): string {
  const content = `${encode({ typ: "JWT", alg: "RS256" })}.${encode(claims)}`;
  return `${content}.${sign("sha256", Buffer.from(content), key).toString("base64url")}`;
}

/** Some libraries write thumbprints with padding. */
const unpadded = (value: unknown): string | undefined =>
  typeof value === "string" ? value.replace(/=+$/, "").replaceAll("+", "-").replaceAll("/", "_") : undefined;

const encode = (value: JsonObject): string => Buffer.from(JSON.stringify(value)).toString("base64url");

function decode(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
