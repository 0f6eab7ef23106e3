import { AuthenticationError } from "../errors";
import { isTlsCode } from "../transportCodes";
import { ENTRA_ERRORS, type Explanation } from "./entraErrors";
import { type EntraAnswer, entraAnswerIn, type Evidence, type HostFailure } from "./evidence";
import type { SignInKind } from "./signIn";

export interface SignInFailure {
  readonly kind: SignInKind;
  readonly authorityHost: string;
  readonly error: unknown;
  readonly evidence: Evidence;
}

const MAX_REASON_LENGTH = 240;

/**
 * One line for a sign-in that failed. What is certain goes first: our own finding, Entra's code, what the socket met; the
 * library's message last. The error has no cause, for the library's may quote requests.
 */
export function explainFailure(failure: SignInFailure): AuthenticationError {
  const { error, evidence } = failure;
  const own = ownFinding(error);
  if (own !== undefined) return own;
  const message = messagesOf(error);
  const answer = entraAnswerIn(message) ?? evidence.entraAnswer();
  const [reason, whatToDo] =
    (answer === undefined ? undefined : ofEntra(answer)) ??
    ofTool(failure.kind, message) ??
    ofHost(failure) ??
    ofLibrary(failure.kind, message);
  const plain = evidence.withoutSecrets(reason);
  const short = plain.length > MAX_REASON_LENGTH ? `${plain.slice(0, MAX_REASON_LENGTH)}…` : plain;
  return new AuthenticationError(short, whatToDo, undefined);
}

function ofEntra({ code, description }: EntraAnswer): Explanation {
  const known = ENTRA_ERRORS[code];
  if (known !== undefined) return [`${known[0]} (AADSTS${code})`, known[1]];
  return [`AADSTS${code}: ${description}`, `see https://login.microsoftonline.com/error?code=${code}`];
}

interface Tool {
  readonly name: string;
  readonly signIn: string;
  /** Run by hand it says more than it tells the library. */
  readonly command: string;
}

const TOOLS: Partial<Record<SignInKind, Tool>> = {
  azureCli: { name: "the Azure CLI (az)", signIn: "az login", command: "az account get-access-token" },
  azurePowerShell: {
    name: "Azure PowerShell (pwsh with the module Az.Accounts)",
    signIn: "Connect-AzAccount",
    command: "Get-AzAccessToken",
  },
  azureDeveloperCli: { name: "the Azure Developer CLI (azd)", signIn: "azd auth login", command: "azd auth token" },
};

/** The library tells these apart by its message alone. Source: its azureCliPublicErrorMessages and siblings. */
function ofTool(kind: SignInKind, message: string): Explanation | undefined {
  const tool = TOOLS[kind];
  if (tool === undefined) return undefined;
  if (/could not be found|couldn't be found|is not installed|Unable to execute PowerShell/.test(message)) {
    return [`${tool.name} is not installed or not in PATH`, "install it, or choose another way to sign in"];
  }
  if (/az login|Connect-AzAccount|azd auth login/.test(message)) {
    return [`nobody is signed in with ${tool.name}`, `run ${tool.signIn} with a work or school account of the tenant`];
  }
  return [`${tool.name} gave no token`, `run ${tool.command} by hand to see why`];
}

function ofHost({ kind, authorityHost, evidence }: SignInFailure): Explanation | undefined {
  if (kind === "managedIdentity") return ofManagedIdentity(evidence.lastFailure());
  const authority = new URL(authorityHost).origin;
  // DefaultAzureCredential tries addresses that need not be there; only the authority's failure explains its own.
  const failure = evidence.lastFailure(({ origin }) => kind !== "default" || origin === authority);
  if (failure === undefined) return undefined;
  const { origin, code, status } = failure;
  const setting = origin === authority ? "intune:authorityHost" : "intune:oidcRequestUrl";
  if (code === undefined) {
    const isAuthority = origin === authority;
    const whatToDo = isAuthority ? `come back later, or check ${setting}` : CHECK_PIPELINE;
    return [`${origin} answered ${String(status)}`, whatToDo];
  }
  if (isTlsCode(code)) return ofCertificate(origin, code, setting);
  return [`${origin} cannot be reached (${code})`, `check ${setting}, the network and the proxy settings`];
}

const CHECK_PIPELINE =
  "check intune:oidcRequestToken (Azure Pipelines: $(System.AccessToken)) and intune:adoPipelineServiceConnectionId";

function ofCertificate(origin: string, code: string, setting: string): Explanation {
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    return [`the certificate of ${origin} is for another host (${code})`, `check ${setting}`];
  }
  if (code === "CERT_HAS_EXPIRED" || code === "CERT_NOT_YET_VALID") {
    return [`the certificate of ${origin} is outside its time (${code})`, "renew it, or set this machine's clock"];
  }
  return [
    `the certificate of ${origin} is not trusted (${code})`,
    "name its certificate authority's PEM file in intune:caCertificatePath",
  ];
}

function ofManagedIdentity(failure: HostFailure | undefined): Explanation {
  if (failure?.status !== undefined) {
    const reason = `the managed identity endpoint ${failure.origin} answered ${failure.status}`;
    return [reason, "assign the machine an identity, and check intune:clientId if a user-assigned one is meant"];
  }
  const where = failure === undefined ? "" : ` at ${failure.origin} (${failure.code ?? ""})`;
  return [
    `no managed identity endpoint answers${where}`,
    "run where Azure gives one, set intune:msiEndpoint, or choose another way to sign in",
  ];
}

function ofLibrary(kind: SignInKind, message: string): Explanation {
  if (kind === "default") {
    return [
      "nothing to sign in with was found (DefaultAzureCredential)",
      "set intune:tenantId, intune:clientId and intune:clientSecret, or sign in with az login; docs/authentication.md lists every way",
    ];
  }
  return [message.split("\n")[0] ?? "", "docs/authentication.md says what this way to sign in needs"];
}

/** Messages of an error, its causes and its parts, one a line. */
function messagesOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const parts: unknown[] = "errors" in error && Array.isArray(error.errors) ? error.errors : [];
  const inner = error.cause === undefined ? parts : [error.cause, ...parts];
  return [error.message, ...inner.map(messagesOf)].join("\n");
}

function ownFinding(error: unknown): AuthenticationError | undefined {
  if (error instanceof AuthenticationError) return error;
  return error instanceof Error && error.cause !== undefined ? ownFinding(error.cause) : undefined;
}
