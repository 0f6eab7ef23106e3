import type { TokenCredential } from "@azure/identity";
import { ConfigurationError } from "../errors";
import type { GraphSettings } from "../settings";
import { authorityOptions } from "./authority";
import { createCredential } from "./createCredential";
import { Evidence } from "./evidence";
import { explainFailure } from "./explainFailure";
import type { TokenSourceParts } from "./tokenSource";

type SignInSettings = Pick<GraphSettings, "signIn" | "authorityHost" | "scope" | "requestTimeoutMs">;

/**
 * Ask the library for tokens, one at a time. A fresh token takes a fresh credential, since each keeps those it had.
 * (Managed identities and the command-line tools keep them outside of it, and may give the same again.)
 * @returns what throws {@link AuthenticationError}, with no secret in its message
 */
export function acquireToken(settings: SignInSettings, ca: string[] | undefined): TokenSourceParts["acquire"] {
  const { signIn, authorityHost } = settings;
  const evidence = new Evidence();
  let credential: TokenCredential | undefined;
  let present: AbortSignal | undefined;

  const create = async (): Promise<TokenCredential> => {
    const msiEndpoint = signIn.kind === "managedIdentity" ? signIn.endpoint : undefined;
    const options = await authorityOptions({ authorityHost, ca, msiEndpoint, evidence, signal: () => present });
    return createCredential(signIn, {
      options,
      evidence,
      processTimeoutMs: settings.requestTimeoutMs,
      now: Date.now,
    });
  };

  return async ({ fresh, signal }) => {
    evidence.clear();
    present = signal;
    if (fresh) credential = undefined;
    try {
      credential ??= await create();
      const token = await credential.getToken(settings.scope, { abortSignal: signal });
      if (token === null) throw new Error("the credential yields no token");
      return token;
    } catch (error) {
      // A file that was read for it may be another one by the next time.
      credential = undefined;
      if (error instanceof ConfigurationError) throw error;
      throw explainFailure({ kind: signIn.kind, authorityHost, error, evidence });
    }
  };
}
