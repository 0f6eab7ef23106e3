import { addressFault, type AddressRule } from "../addresses";
import type { Look, SettingKey, SetValue } from "../settingsTable";
import type { SignIn, TextSource } from "./signIn";

/** Names that stand for many tenants; an application signs in to one. */
const NO_TENANT = /^(common|organizations|consumers)$/i;

/** The setting that names the way. */
export interface Chooser extends SetValue {
  readonly key: SettingKey;
}

export interface Assembly {
  readonly look: Look;
  readonly faults: string[];
  /** Begins the fault of something missing, e.g. `intune:useOidc is true`. */
  readonly because: string;
}

/** Gather what the chosen way takes; what is missing or wrong becomes a fault. */
export function assembleSignIn(by: Chooser, assembly: Assembly): SignIn {
  const { look } = assembly;
  const tenantId = look("tenantId")?.text;
  switch (by.key) {
    case "clientSecret":
      return { kind: "clientSecret", ...application(assembly), clientSecret: { text: by.text } };
    case "clientSecretFilePath":
      return { kind: "clientSecret", ...application(assembly), clientSecret: { path: by.text, name: by.name } };
    case "clientCertificate":
    case "clientCertificatePath": {
      const certificate = by.key === "clientCertificate" ? { text: by.text } : { path: by.text, name: by.name };
      const password = look("clientCertificatePassword")?.text;
      return { kind: "clientCertificate", ...application(assembly), certificate, password };
    }
    case "useOidc":
      return assembleOidc(assembly);
    case "useAksWorkloadIdentity": {
      const tokenFilePath = need("aksTokenFilePath", assembly);
      return { kind: "aksWorkloadIdentity", ...application(assembly), tokenFilePath };
    }
    case "useMsi": {
      const endpoint = address("msiEndpoint", assembly, { linkLocal: true });
      return { kind: "managedIdentity", clientId: clientId(assembly), endpoint };
    }
    case "useCli":
      return { kind: "azureCli", tenantId };
    case "usePowerShell":
      return { kind: "azurePowerShell", tenantId };
    case "useAzd":
      return { kind: "azureDeveloperCli", tenantId };
    default:
      return { kind: "default", tenantId, clientId: clientId(assembly) };
  }
}

const OIDC_SOURCES = ["oidcToken", "oidcTokenFilePath", "oidcRequestUrl"] as const;
const NO_OIDC_SOURCE =
  "but there is no token to show: in GitHub Actions give the job `permissions: id-token: write`; " +
  "in Azure Pipelines set intune:adoPipelineServiceConnectionId; elsewhere set intune:oidcToken or intune:oidcTokenFilePath";

function assembleOidc(assembly: Assembly): SignIn {
  const { look, faults, because } = assembly;
  const set = OIDC_SOURCES.filter((key) => look(key) !== undefined);
  const source = set.find((key) => look(key)?.origin === "configuration") ?? set[0];
  const value = source === undefined ? undefined : look(source);
  if (source === undefined || value === undefined) faults.push(`${because} ${NO_OIDC_SOURCE}`);
  const app = application(assembly);
  if (source === "oidcTokenFilePath" && value !== undefined) {
    return { kind: "oidcToken", ...app, token: { path: value.text, name: value.name } };
  }
  if (source !== "oidcRequestUrl" || value === undefined) {
    return { kind: "oidcToken", ...app, token: { text: value?.text ?? "" } };
  }
  const isAzurePipelines =
    value.name === "SYSTEM_OIDCREQUESTURI" || look("adoPipelineServiceConnectionId") !== undefined;
  const requestUrl = address("oidcRequestUrl", assembly, { query: !isAzurePipelines }) ?? "";
  const nextTo: Assembly = { ...assembly, because: `${value.name} is set` };
  const hint = isAzurePipelines ? " (map SYSTEM_ACCESSTOKEN: $(System.AccessToken) in the step's env)" : "";
  const requestToken = need("oidcRequestToken", nextTo, hint);
  if (!isAzurePipelines) return { kind: "gitHubOidc", ...app, requestUrl, requestToken };
  const serviceConnectionId = need("adoPipelineServiceConnectionId", nextTo);
  return { kind: "azurePipelinesOidc", ...app, serviceConnectionId, requestUrl, requestToken };
}

/** Tenant and client id, both needed. */
function application(assembly: Assembly): { tenantId: string; clientId: TextSource } {
  const { look, faults, because } = assembly;
  const tenantId = need("tenantId", assembly);
  if (NO_TENANT.test(tenantId)) {
    faults.push(
      `${look("tenantId")?.name ?? ""} is ${tenantId}: an application signs in to one tenant, give its id or domain`,
    );
  }
  const id = clientId(assembly);
  if (id === undefined) faults.push(`${because} but intune:clientId is not`);
  return { tenantId, clientId: id ?? { text: "" } };
}

function clientId({ look }: Assembly): TextSource | undefined {
  const [text, file] = [look("clientId"), look("clientIdFilePath")];
  if (
    file !== undefined &&
    (text === undefined || (text.origin === "environment" && file.origin === "configuration"))
  ) {
    return { path: file.text, name: file.name };
  }
  return text === undefined ? undefined : { text: text.text };
}

function need(key: SettingKey, { look, faults, because }: Assembly, hint = ""): string {
  const text = look(key)?.text;
  if (text === undefined) faults.push(`${because} but intune:${key} is not${hint}`);
  return text ?? "";
}

function address(key: SettingKey, { look, faults }: Assembly, rule: AddressRule): string | undefined {
  const value = look(key);
  const fault = value === undefined ? undefined : addressFault(value.text, rule);
  if (value !== undefined && fault !== undefined) faults.push(`${value.name} ${fault}`);
  return value?.text;
}
