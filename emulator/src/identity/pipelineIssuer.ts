import { generateKeyPairSync, randomUUID } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { jsonAnswer } from "../http/exchange";
import type { Answer, EmulatorRequest } from "../http/exchange";
import type { Clock } from "../world/clock";
import { GITHUB_ISSUER, GITHUB_REQUEST_TOKEN, GITHUB_SUBJECT } from "./gitHub";
import { signRs256 } from "./jwt";
import { NOT_STORED } from "./tokenError";

/** GitHub's tokens live for five minutes. `Assumption:` seen in tokens, not documented. */
const LIFETIME_SECONDS = 300;

/** The OIDC endpoint of a GitHub Actions job: where the provider fetches a token that Entra ID then exchanges. */
export class PipelineIssuer {
  private keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject } | undefined;

  constructor(readonly clock: Clock) {}

  /** Made at first use: it takes longer than the start of the emulator. */
  private pair(): { readonly publicKey: KeyObject; readonly privateKey: KeyObject } {
    return (this.keys ??= generateKeyPairSync("rsa", { modulusLength: 2048 }));
  }

  publicKey(): KeyObject {
    return this.pair().publicKey;
  }

  /** `GET …?audience=…` with the request token. Source: docs.github.com, "OpenID Connect reference", Methods. */
  answer(request: EmulatorRequest): Answer {
    const [scheme, token] = (request.headers.authorization ?? "").split(" ");
    if (scheme?.toLowerCase() !== "bearer" || token !== GITHUB_REQUEST_TOKEN) {
      return jsonAnswer(401, { message: "The request token is missing or not this runner's." }, NOT_STORED);
    }
    const iat = this.clock.nowSeconds();
    const claims = {
      jti: randomUUID(),
      iss: GITHUB_ISSUER,
      sub: GITHUB_SUBJECT,
      // Without a wish it is the repository owner's address.
      aud: new URLSearchParams(request.query).get("audience") ?? "https://github.com/intune-emulator",
      iat,
      nbf: iat,
      exp: iat + LIFETIME_SECONDS,
    };
    const value = signRs256(claims, this.pair().privateKey);
    return jsonAnswer(200, { count: value.length, value }, NOT_STORED);
  }
}
