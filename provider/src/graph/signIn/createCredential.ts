import type { TokenCredential } from "@azure/identity";
import type { AuthorityOptions } from "./authority";
import { readCertificate } from "./certificate";
import type { Evidence } from "./evidence";
import { requestGitHubToken } from "./gitHubOidc";
import { readText } from "./readText";
import type { SignIn, TextSource } from "./signIn";

export interface CredentialContext {
  readonly options: AuthorityOptions;
  readonly evidence: Evidence;
  /** Longest run of a command-line tool. */
  readonly processTimeoutMs: number;
  readonly now: () => number;
}

/** The library's credential for a way to sign in. @throws {AuthenticationError} for a file or certificate that will not do */
export async function createCredential(signIn: SignIn, context: CredentialContext): Promise<TokenCredential> {
  // Loaded at the first token, for it takes longer than all else here.
  const identity = await import("@azure/identity");
  const { options } = context;
  const commandLine = (tenantId: string | undefined): { tenantId?: string; processTimeoutInMs: number } => ({
    ...(tenantId === undefined ? {} : { tenantId }),
    processTimeoutInMs: context.processTimeoutMs,
  });
  switch (signIn.kind) {
    case "azureCli":
      return new identity.AzureCliCredential(commandLine(signIn.tenantId));
    case "azurePowerShell":
      return new identity.AzurePowerShellCredential(commandLine(signIn.tenantId));
    case "azureDeveloperCli":
      return new identity.AzureDeveloperCliCredential(commandLine(signIn.tenantId));
    case "managedIdentity": {
      // The library's own patience here: an identity that was just assigned answers 404 or 410 for a while.
      const patient: Partial<AuthorityOptions> = { ...options };
      delete patient.retryOptions;
      const clientId = signIn.clientId === undefined ? {} : { clientId: await readText(signIn.clientId) };
      return new identity.ManagedIdentityCredential({ ...patient, ...clientId });
    }
    case "default": {
      const managedIdentityClientId = signIn.clientId && (await readText(signIn.clientId));
      return new identity.DefaultAzureCredential({
        ...options,
        ...(signIn.tenantId === undefined ? {} : { tenantId: signIn.tenantId }),
        ...(managedIdentityClientId === undefined ? {} : { managedIdentityClientId }),
      });
    }
    default: {
      const clientId = await readText(signIn.clientId);
      return applicationCredential(signIn, clientId, context);
    }
  }
}

type ApplicationSignIn = Extract<SignIn, { readonly clientId: TextSource; readonly tenantId: string }>;

async function applicationCredential(
  signIn: ApplicationSignIn,
  clientId: string,
  { options, evidence, now }: CredentialContext,
): Promise<TokenCredential> {
  const identity = await import("@azure/identity");
  const { tenantId } = signIn;
  const withAssertion = (assertion: () => Promise<string>): TokenCredential =>
    new identity.ClientAssertionCredential(tenantId, clientId, () => secret(assertion(), evidence), options);
  switch (signIn.kind) {
    case "clientSecret": {
      const clientSecret = await secret(readText(signIn.clientSecret), evidence);
      return new identity.ClientSecretCredential(tenantId, clientId, clientSecret, options);
    }
    case "clientCertificate": {
      const certificate = await secret(readCertificate(signIn.certificate, signIn.password, now()), evidence);
      return new identity.ClientCertificateCredential(tenantId, clientId, { certificate }, options);
    }
    case "oidcToken":
      return withAssertion(() => readText(signIn.token));
    case "gitHubOidc":
      evidence.keepSecret(signIn.requestToken);
      return withAssertion(() => requestGitHubToken(signIn.requestUrl, signIn.requestToken, options.httpClient));
    case "azurePipelinesOidc": {
      evidence.keepSecret(signIn.requestToken);
      // The one way to tell the library; the process is the provider's alone.
      process.env["SYSTEM_OIDCREQUESTURI"] = signIn.requestUrl;
      const { serviceConnectionId, requestToken } = signIn;
      return new identity.AzurePipelinesCredential(tenantId, clientId, serviceConnectionId, requestToken, options);
    }
    case "aksWorkloadIdentity":
      return new identity.WorkloadIdentityCredential({
        ...options,
        tenantId,
        clientId,
        tokenFilePath: signIn.tokenFilePath,
      });
  }
}

async function secret(text: Promise<string>, evidence: Evidence): Promise<string> {
  const value = await text;
  evidence.keepSecret(value);
  return value;
}
