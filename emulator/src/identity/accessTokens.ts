import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { isJsonObject } from "../model/json";
import type { JsonObject } from "../model/json";
import { GRAPH_AUDIENCES, MAX_REMEMBERED_TOKENS } from "../limits";
import type { EmulatorApp } from "../registeredApps";
import type { Clock } from "../world/clock";

/** Why a token was refused, in the words of Graph's 401. */
export interface Refusal {
  readonly refused: string;
}
/** Whose token it is. */
export interface Granted {
  readonly tenantId: string;
  readonly clientId: string;
  readonly roles: readonly string[];
}

interface Claims {
  readonly expiresMs: number;
  readonly audience: string;
  readonly granted: Granted;
}

/**
 * Access tokens of this run: JWTs (RFC 7519) signed with HS256 under a key made at start, so that a token of another run or another
 * issuer is foreign. Clients must not look into them (identity platform page "access-tokens"), so the algorithm is free.
 */
export class AccessTokens {
  private readonly key = randomBytes(32);
  /** Tokens whose signature has been seen to be ours: it is the dear part of a check, and a client sends one token many times. */
  private readonly genuine = new Map<string, Claims>();
  /** Most requests repeat the header before them, and to compare two texts is quicker than to find one by its hash. */
  private last: { readonly authorization: string; readonly claims: Claims } | undefined;

  constructor(
    readonly clock: Clock,
    private readonly lifetimeSeconds: number,
  ) {}

  issue(app: EmulatorApp, audience: string, issuer: string): { accessToken: string; expiresInSeconds: number } {
    const iat = this.clock.nowSeconds();
    const claims = {
      aud: audience,
      iss: issuer,
      iat,
      nbf: iat,
      exp: iat + this.lifetimeSeconds,
      tid: app.tenantId,
      appid: app.clientId,
      roles: app.roles,
      // Makes every token another one (identity platform page "access-token-claims-reference").
      uti: randomBytes(16).toString("base64url"),
      ver: "1.0",
    };
    const content = `${encode({ typ: "JWT", alg: "HS256" })}.${encode(claims)}`;
    return { accessToken: `${content}.${this.sign(content)}`, expiresInSeconds: this.lifetimeSeconds };
  }

  /**
   * Whose token the `Authorization` header holds, if it is meant for Graph or for `origin`, where it came in.
   * Texts: "Invalid audience." from microsoft-graph-docs-contrib issue #2362. Assumption: the other ones, modelled on it.
   */
  verify(authorization: string, origin: string): Granted | Refusal {
    const claims = authorization === this.last?.authorization ? this.last.claims : this.claimsIn(authorization);
    if ("refused" in claims) return claims;
    if (claims.expiresMs <= this.clock.nowMs()) return { refused: "Lifetime validation failed, the token is expired." };
    if (!GRAPH_AUDIENCES.has(claims.audience) && claims.audience !== origin && claims.audience !== secure(origin)) {
      return { refused: "Access token validation failure. Invalid audience." };
    }
    return claims.granted;
  }

  private claimsIn(authorization: string): Claims | Refusal {
    const token = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
    if (token === undefined) return { refused: "Access token is empty." };
    const claims = this.genuine.get(token) ?? this.readClaims(token);
    if (!("refused" in claims)) this.last = { authorization, claims };
    return claims;
  }

  private readClaims(token: string): Claims | Refusal {
    const [header, payload, signature, ...more] = token.split(".");
    if (header === undefined || payload === undefined || signature === undefined || more.length > 0) {
      return { refused: "CompactToken parsing failed: the access token is not a JWT." };
    }
    if (!sameText(signature, this.sign(`${header}.${payload}`))) {
      return {
        refused:
          "Access token validation failure. Invalid signature: the token was not issued by this run of the emulator.",
      };
    }
    const claims = toClaims(decode(payload));
    if (this.genuine.size >= MAX_REMEMBERED_TOKENS) this.genuine.clear();
    this.genuine.set(token, claims);
    return claims;
  }

  private sign(content: string): string {
    return createHmac("sha256", this.key).update(content).digest("base64url");
  }
}

/** Its own address also as https: an SDK that refuses plain http is given the https spelling and a transport that maps it back. */
function secure(origin: string): string {
  return origin.replace(/^http:/, "https:");
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

/** Only called on what carries our signature, so it is JSON. */
function decode(text: string): JsonObject {
  const value: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
  return isJsonObject(value) ? value : {};
}

function sameText(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Our own tokens have all of these claims. */
function toClaims({ exp, aud, tid, appid, roles }: JsonObject): Claims {
  const textOf = (claim: unknown): string => (typeof claim === "string" ? claim : "");
  return {
    expiresMs: Number(exp) * 1000,
    // `https://graph.microsoft.com/` is what a scope of `https://graph.microsoft.com//.default` and many a `resource` ask for.
    audience: textOf(aud).replace(/\/$/, ""),
    granted: {
      tenantId: textOf(tid),
      clientId: textOf(appid),
      roles: Array.isArray(roles) ? roles.filter((role) => typeof role === "string") : [],
    },
  };
}
