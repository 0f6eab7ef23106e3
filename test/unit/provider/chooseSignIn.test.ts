import { lookIn } from "../../../provider/src/graph/settingsTable";
import { chooseSignIn } from "../../../provider/src/graph/signIn/chooseSignIn";

type Values = Record<string, string>;
const choose = (config: Values, environment: Values = {}) =>
  chooseSignIn(lookIn({ get: (key) => config[key] }, environment));
const faultsOf = (config: Values, environment: Values = {}): readonly string[] => {
  const choice = choose(config, environment);
  return "faults" in choice ? choice.faults : [];
};

const APP = { tenantId: "t", clientId: "c" };
const signedIn = { tenantId: "t", clientId: { text: "c" } };

test.each<[string, Values, Values, Record<string, unknown>]>([
  ["nothing", {}, {}, { kind: "default", tenantId: undefined, clientId: undefined }],
  ["ids alone", APP, {}, { kind: "default", ...signedIn }],
  ["a secret", { ...APP, clientSecret: "s" }, {}, { kind: "clientSecret", ...signedIn, clientSecret: { text: "s" } }],
  [
    "the first variable that is set",
    {},
    { ARM_TENANT_ID: "t", AZURE_TENANT_ID: "x", ARM_CLIENT_ID: " ", AZURE_CLIENT_ID: "c", AZURE_CLIENT_SECRET: "s" },
    { kind: "clientSecret", ...signedIn, clientSecret: { text: "s" } },
  ],
  [
    "configuration before the environment, value by value",
    { tenantId: "t", clientSecret: "s" },
    { ARM_TENANT_ID: "x", ARM_CLIENT_ID: "c", ARM_CLIENT_SECRET: "x" },
    { kind: "clientSecret", ...signedIn, clientSecret: { text: "s" } },
  ],
  [
    "files",
    { tenantId: "t", clientIdFilePath: "/c", clientSecretFilePath: "/s" },
    { ARM_CLIENT_ID: "x" },
    {
      kind: "clientSecret",
      tenantId: "t",
      clientId: { path: "/c", name: "intune:clientIdFilePath" },
      clientSecret: { path: "/s", name: "intune:clientSecretFilePath" },
    },
  ],
  [
    "a certificate of the configuration before a secret of the environment",
    { ...APP, clientCertificatePath: "/p" },
    { ARM_CLIENT_SECRET: "s", ARM_CLIENT_CERTIFICATE_PASSWORD: "w" },
    {
      kind: "clientCertificate",
      ...signedIn,
      certificate: { path: "/p", name: "intune:clientCertificatePath" },
      password: "w",
    },
  ],
  [
    "a secret of the configuration before a switch of the environment",
    { ...APP, clientSecret: "s" },
    { ARM_USE_OIDC: "true", ARM_OIDC_TOKEN: "o" },
    { kind: "clientSecret", ...signedIn, clientSecret: { text: "s" } },
  ],
  [
    "a switch of the configuration before a secret beside it",
    { ...APP, useOidc: "true", oidcToken: "o", clientSecret: "s" },
    {},
    { kind: "oidcToken", ...signedIn, token: { text: "o" } },
  ],
  [
    "a switch of the environment before a secret beside it",
    APP,
    { ARM_USE_OIDC: "TRUE", ARM_OIDC_TOKEN_FILE_PATH: "/o", ARM_CLIENT_SECRET: "s" },
    { kind: "oidcToken", ...signedIn, token: { path: "/o", name: "ARM_OIDC_TOKEN_FILE_PATH" } },
  ],
  [
    "a switch that the configuration turns off",
    { ...APP, useOidc: "false" },
    { ARM_USE_OIDC: "true", ARM_OIDC_TOKEN: "o", ARM_CLIENT_SECRET: "s" },
    { kind: "clientSecret", ...signedIn, clientSecret: { text: "s" } },
  ],
  [
    "GitHub Actions",
    APP,
    { ARM_USE_OIDC: "true", ACTIONS_ID_TOKEN_REQUEST_URL: "https://g/?a=1", ACTIONS_ID_TOKEN_REQUEST_TOKEN: "r" },
    { kind: "gitHubOidc", ...signedIn, requestUrl: "https://g/?a=1", requestToken: "r" },
  ],
  [
    "Azure Pipelines",
    { ...APP, useOidc: "true", adoPipelineServiceConnectionId: "sc" },
    { SYSTEM_OIDCREQUESTURI: "https://ado/x", SYSTEM_ACCESSTOKEN: "r" },
    {
      kind: "azurePipelinesOidc",
      ...signedIn,
      requestUrl: "https://ado/x",
      requestToken: "r",
      serviceConnectionId: "sc",
    },
  ],
  [
    "a given token before the pipeline's endpoint",
    APP,
    { ARM_USE_OIDC: "true", ARM_OIDC_TOKEN: "o", ACTIONS_ID_TOKEN_REQUEST_URL: "https://g" },
    { kind: "oidcToken", ...signedIn, token: { text: "o" } },
  ],
  [
    "the endpoint of the configuration before a token of the environment",
    { ...APP, useOidc: "true", oidcRequestUrl: "https://g", oidcRequestToken: "r" },
    { ARM_OIDC_TOKEN: "o" },
    { kind: "gitHubOidc", ...signedIn, requestUrl: "https://g", requestToken: "r" },
  ],
  [
    "AKS",
    { useAksWorkloadIdentity: "true" },
    { AZURE_TENANT_ID: "t", AZURE_CLIENT_ID: "c", AZURE_FEDERATED_TOKEN_FILE: "/f" },
    { kind: "aksWorkloadIdentity", ...signedIn, tokenFilePath: "/f" },
  ],
  [
    "a managed identity",
    { useMsi: "true", msiEndpoint: "http://169.254.169.254/x" },
    {},
    { kind: "managedIdentity", clientId: undefined, endpoint: "http://169.254.169.254/x" },
  ],
  ["az", { useCli: "1" }, { ARM_CLIENT_SECRET: "s" }, { kind: "azureCli", tenantId: undefined }],
  ["PowerShell", { usePowerShell: "true", tenantId: "t" }, {}, { kind: "azurePowerShell", tenantId: "t" }],
  ["azd", { useAzd: "true" }, {}, { kind: "azureDeveloperCli", tenantId: undefined }],
  [
    "DefaultAzureCredential by name, before a secret",
    { ...APP, useDefaultAzureCredential: "true" },
    { ARM_CLIENT_SECRET: "s" },
    { kind: "default", ...signedIn },
  ],
])("%s", (_, config, environment, signIn) => {
  expect(choose(config, environment)).toEqual({ signIn });
});

test.each<[string, Values, Values, string[]]>([
  [
    "two switches",
    { useOidc: "true", useMsi: "true" },
    {},
    ["intune:useOidc and intune:useMsi name several ways to sign in; keep one"],
  ],
  [
    "two credentials",
    {},
    { ARM_CLIENT_SECRET: "s", AZURE_CLIENT_CERTIFICATE_PATH: "/p" },
    ["ARM_CLIENT_SECRET and AZURE_CLIENT_CERTIFICATE_PATH name several ways to sign in; keep one"],
  ],
  ["a switch that is neither", { useCli: "canary" }, {}, ["intune:useCli must be true or false"]],
  [
    "a certificate without ids",
    { clientCertificatePath: "/p" },
    {},
    [
      "intune:clientCertificatePath is set but intune:tenantId is not",
      "intune:clientCertificatePath is set but intune:clientId is not",
    ],
  ],
  [
    "useOidc alone",
    { useOidc: "true" },
    {},
    [
      expect.stringMatching(/^intune:useOidc is true but there is no token to show: .*id-token: write/) as string,
      "intune:useOidc is true but intune:tenantId is not",
      "intune:useOidc is true but intune:clientId is not",
    ],
  ],
  [
    "an endpoint without its token",
    { ...APP, useOidc: "true" },
    { ACTIONS_ID_TOKEN_REQUEST_URL: "https://g" },
    ["ACTIONS_ID_TOKEN_REQUEST_URL is set but intune:oidcRequestToken is not"],
  ],
  [
    "an endpoint on plain http elsewhere",
    { ...APP, useOidc: "true", oidcRequestUrl: "http://g", oidcRequestToken: "r" },
    {},
    ["intune:oidcRequestUrl uses http to another machine; tokens travel over https only"],
  ],
  [
    "Azure Pipelines without what the step must map and name",
    APP,
    { ARM_USE_OIDC: "true", SYSTEM_OIDCREQUESTURI: "https://ado/x" },
    [
      "SYSTEM_OIDCREQUESTURI is set but intune:oidcRequestToken is not (map SYSTEM_ACCESSTOKEN: $(System.AccessToken) in the step's env)",
      "SYSTEM_OIDCREQUESTURI is set but intune:adoPipelineServiceConnectionId is not",
    ],
  ],
  ["a token nobody uses", { oidcToken: "canary" }, {}, ["intune:oidcToken is set but intune:useOidc is not true"]],
  [
    "AKS outside AKS",
    { ...APP, useAksWorkloadIdentity: "true" },
    {},
    ["intune:useAksWorkloadIdentity is true but intune:aksTokenFilePath is not"],
  ],
  [
    "a tenant of many",
    { clientId: "c", clientSecret: "s", tenantId: "common" },
    {},
    ["intune:tenantId is common: an application signs in to one tenant, give its id or domain"],
  ],
  ["a tenant that is none", { tenantId: "a/b" }, {}, ["intune:tenantId is no tenant id and no domain name"]],
  [
    "an identity endpoint elsewhere",
    { useMsi: "true", msiEndpoint: "http://10.0.0.1" },
    {},
    ["intune:msiEndpoint uses http to another machine; tokens travel over https only"],
  ],
  [
    "the default turned off",
    { useDefaultAzureCredential: "false" },
    {},
    ["intune:useDefaultAzureCredential is false and nothing else says how to sign in; see docs/authentication.md"],
  ],
])("fault: %s", (_, config, environment, faults) => {
  expect(faultsOf(config, environment)).toEqual(faults);
});

test("no fault quotes a value that may be secret", () => {
  const config = { useOidc: "canary", clientSecret: "canary", oidcToken: "canary", clientCertificate: "canary" };
  const faults = faultsOf(config);
  expect(faults.length).toBeGreaterThan(0);
  expect(faults.join()).not.toContain("canary");
});
