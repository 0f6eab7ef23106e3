/** One setting, as `provider/README.md` shows it (`npm run docs` writes the table there). */
export interface Setting {
  /** In the stack's configuration, namespace `intune`. */
  readonly key: string;
  /** Environment variables; the first that is set wins, and stack configuration goes before all. */
  readonly variables: readonly string[];
  /** One cell of the table. */
  readonly meaning: string;
  /** Set it with `pulumi config set --secret`. */
  readonly secret?: true;
}

/**
 * Every setting there is. The keys and `ARM_*` names of signing in are those of the azuread and msgraph providers, so that
 * what a pipeline has set for them serves here; `AZURE_*` are the names of `@azure/identity`.
 * Source: hashicorp/terraform-provider-azuread docs/index.md, pulumi/pulumi-azuread.
 */
export const SETTINGS = [
  {
    key: "graphEndpoint",
    variables: ["INTUNE_GRAPH_ENDPOINT"],
    meaning: "where `/beta/…` is appended; http only to this machine",
  },
  {
    key: "environment",
    variables: ["INTUNE_ENVIRONMENT", "ARM_ENVIRONMENT"],
    meaning: "`global`, `usgovernment` (l4), `dod` (l5) or `china`",
  },
  {
    key: "authorityHost",
    variables: ["INTUNE_AUTHORITY_HOST", "AZURE_AUTHORITY_HOST"],
    meaning: "where tokens come from, by default the environment's",
  },
  { key: "scope", variables: ["INTUNE_SCOPE"], meaning: "by default the environment's Graph, `/.default`" },
  {
    key: "caCertificatePath",
    variables: ["INTUNE_CA_CERTIFICATE_PATH"],
    meaning: "PEM file of certificate authorities trusted beside the usual ones, by the authority and Graph",
  },
  { key: "tenantId", variables: ["ARM_TENANT_ID", "AZURE_TENANT_ID"], meaning: "the tenant's id or domain" },
  { key: "clientId", variables: ["ARM_CLIENT_ID", "AZURE_CLIENT_ID"], meaning: "the application's (client) id" },
  { key: "clientIdFilePath", variables: ["ARM_CLIENT_ID_FILE_PATH"], meaning: "a file that holds it" },
  {
    key: "clientSecret",
    variables: ["ARM_CLIENT_SECRET", "AZURE_CLIENT_SECRET"],
    meaning: "sign in with a client secret",
    secret: true,
  },
  { key: "clientSecretFilePath", variables: ["ARM_CLIENT_SECRET_FILE_PATH"], meaning: "a file that holds it" },
  {
    key: "clientCertificate",
    variables: ["ARM_CLIENT_CERTIFICATE"],
    meaning: "sign in with a certificate: PEM with its private key, in base64",
    secret: true,
  },
  {
    key: "clientCertificatePath",
    variables: ["ARM_CLIENT_CERTIFICATE_PATH", "AZURE_CLIENT_CERTIFICATE_PATH"],
    meaning: "a file that holds the PEM",
  },
  {
    key: "clientCertificatePassword",
    variables: ["ARM_CLIENT_CERTIFICATE_PASSWORD", "AZURE_CLIENT_CERTIFICATE_PASSWORD"],
    meaning: "opens its private key",
    secret: true,
  },
  {
    key: "useOidc",
    variables: ["ARM_USE_OIDC"],
    meaning: "sign in with a token of a pipeline (workload identity federation)",
  },
  { key: "oidcToken", variables: ["ARM_OIDC_TOKEN"], meaning: "the token itself", secret: true },
  {
    key: "oidcTokenFilePath",
    variables: ["ARM_OIDC_TOKEN_FILE_PATH"],
    meaning: "a file that holds it, read each time",
  },
  {
    key: "oidcRequestUrl",
    variables: ["ARM_OIDC_REQUEST_URL", "ACTIONS_ID_TOKEN_REQUEST_URL", "SYSTEM_OIDCREQUESTURI"],
    meaning: "where the pipeline hands out tokens",
  },
  {
    key: "oidcRequestToken",
    variables: ["ARM_OIDC_REQUEST_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "SYSTEM_ACCESSTOKEN"],
    meaning: "the bearer token that is shown there",
    secret: true,
  },
  {
    key: "adoPipelineServiceConnectionId",
    variables: ["ARM_ADO_PIPELINE_SERVICE_CONNECTION_ID", "ARM_OIDC_AZURE_SERVICE_CONNECTION_ID"],
    meaning: "Azure Pipelines: the service connection's id",
  },
  {
    key: "useAksWorkloadIdentity",
    variables: ["ARM_USE_AKS_WORKLOAD_IDENTITY"],
    meaning: "sign in with the service account of an AKS pod",
  },
  {
    key: "aksTokenFilePath",
    variables: ["AZURE_FEDERATED_TOKEN_FILE"],
    meaning: "its token; AKS sets the variable",
  },
  { key: "useMsi", variables: ["ARM_USE_MSI"], meaning: "sign in with the machine's managed identity" },
  {
    key: "msiEndpoint",
    variables: ["ARM_MSI_ENDPOINT"],
    meaning: "where that is asked for, by default the address Azure gives its machines",
  },
  { key: "useCli", variables: ["ARM_USE_CLI"], meaning: "sign in as whoever ran `az login`" },
  { key: "usePowerShell", variables: ["ARM_USE_POWERSHELL"], meaning: "… `Connect-AzAccount`" },
  { key: "useAzd", variables: ["INTUNE_USE_AZD"], meaning: "… `azd auth login`" },
  {
    key: "useDefaultAzureCredential",
    variables: ["INTUNE_USE_DEFAULT_AZURE_CREDENTIAL"],
    meaning: "look for all of these in `@azure/identity`'s order: what happens when nothing is set",
  },
  {
    key: "adopt",
    variables: ["INTUNE_ADOPT"],
    meaning: "whether a create may take an equal row that a killed run left behind",
  },
  {
    key: "connectTimeoutSeconds",
    variables: ["INTUNE_CONNECT_TIMEOUT_SECONDS"],
    meaning: "for a connection, TLS included, 10",
  },
  {
    key: "requestTimeoutSeconds",
    variables: ["INTUNE_REQUEST_TIMEOUT_SECONDS"],
    meaning: "for one exchange, from the request to the end of its answer, and for one sign-in; 60",
  },
  {
    key: "operationTimeoutSeconds",
    variables: ["INTUNE_OPERATION_TIMEOUT_SECONDS"],
    meaning: "for one create, read, update or delete with all its waits, 600",
  },
  {
    key: "createTimeoutSeconds",
    variables: ["INTUNE_CREATE_TIMEOUT_SECONDS"],
    meaning: "… for one create; by default as above, as are the next three",
  },
  { key: "readTimeoutSeconds", variables: ["INTUNE_READ_TIMEOUT_SECONDS"], meaning: "… for one read" },
  { key: "updateTimeoutSeconds", variables: ["INTUNE_UPDATE_TIMEOUT_SECONDS"], meaning: "… for one update" },
  { key: "deleteTimeoutSeconds", variables: ["INTUNE_DELETE_TIMEOUT_SECONDS"], meaning: "… for one delete" },
  {
    key: "batch",
    variables: ["INTUNE_BATCH"],
    meaning: "`on` or `off`: whether concurrent requests become one `$batch`, `on`",
  },
  {
    key: "quota",
    variables: ["INTUNE_QUOTA"],
    meaning: "`on` or `off`, by default `on` for Microsoft's hosts only",
  },
  {
    key: "quotaWritesPerWindow",
    variables: ["INTUNE_QUOTA_WRITES_PER_WINDOW"],
    meaning: "creates, updates and deletes in a window, 100",
  },
  {
    key: "quotaRequestsPerWindow",
    variables: ["INTUNE_QUOTA_REQUESTS_PER_WINDOW"],
    meaning: "requests of any kind in a window, 1000",
  },
  { key: "quotaWindowSeconds", variables: ["INTUNE_QUOTA_WINDOW_SECONDS"], meaning: "20" },
] as const satisfies readonly Setting[];

export type SettingKey = (typeof SETTINGS)[number]["key"];

/** A value that is set, under the name a person knows it by: `intune:clientId` or `ARM_CLIENT_ID`. */
export interface SetValue {
  readonly text: string;
  readonly name: string;
  readonly origin: "configuration" | "environment";
}

export type Look = (key: SettingKey) => SetValue | undefined;

/** Stack configuration of the namespace `intune`, e.g. `get("tenantId")`. */
export interface ConfigReader {
  get(key: string): string | undefined;
}

/** Look settings up: stack configuration first, then the variables in order; blank counts as absent. */
export function lookIn(config: ConfigReader, environment: Readonly<Record<string, string | undefined>>): Look {
  return (key) => {
    const configured = config.get(key)?.trim();
    if (configured !== undefined && configured !== "") {
      return { text: configured, name: `intune:${key}`, origin: "configuration" };
    }
    const variables: readonly string[] = SETTINGS.find((setting) => setting.key === key)?.variables ?? [];
    for (const name of variables) {
      const text = environment[name]?.trim();
      if (text !== undefined && text !== "") return { text, name, origin: "environment" };
    }
    return undefined;
  };
}

/** True and false as the azuread provider takes them; undefined for anything else. */
export function booleanOf(text: string): boolean | undefined {
  if (/^(true|1)$/i.test(text)) return true;
  return /^(false|0)$/i.test(text) ? false : undefined;
}
