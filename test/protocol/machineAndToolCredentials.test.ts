import path from "node:path";
import { DEFAULT_APP, type EmulatorApp } from "intune-emulator";
import {
  closeSignIns,
  createRow,
  failureOf,
  makeFolder,
  makeShim,
  signInRequests,
  startSignIn,
} from "../support/signIn";
import { closeTenants, startTenant, type Tenant } from "../support/tenant";
import { testUnless } from "../support/testUnless";
import { requestToken } from "../unit/emulator/support/graphClient";

/** Managed identities, and the tools a person has signed in with: the emulator stands for the machine, shims for the tools. */
const USER_ASSIGNED: EmulatorApp = { ...DEFAULT_APP, clientId: "44444444-4444-4444-8444-444444444444" };
const READER: EmulatorApp = {
  ...DEFAULT_APP,
  clientId: "66666666-6666-4666-8666-666666666666",
  roles: ["DeviceManagementConfiguration.Read.All"],
};
const SCOPE = "https://graph.microsoft.com/.default";
const onPosix = testUnless(process.platform === "win32" && "the tools' stand-ins are shell scripts");

let tenant: Tenant;
beforeEach(async () => {
  tenant = await startTenant({ apps: [DEFAULT_APP, USER_ASSIGNED, READER] });
});
afterAll(async () => {
  await closeSignIns();
  await closeTenants();
});

test.each<
  [
    string,
    Record<string, string>,
    (authority: string) => Record<string, string>,
    (authority: string) => Record<string, string>,
  ]
>([
  ["a virtual machine", { clientId: "" }, (authority) => ({ msiEndpoint: authority }), () => ({})],
  [
    "a virtual machine, by its full address",
    { clientId: "" },
    (authority) => ({ msiEndpoint: `${authority}/metadata/identity/oauth2/token` }),
    () => ({}),
  ],
  [
    "an App Service",
    { clientId: "" },
    () => ({}),
    (authority) => ({ IDENTITY_ENDPOINT: `${authority}/msi/token`, IDENTITY_HEADER: "canary-header" }),
  ],
  [
    "a user-assigned identity",
    { clientId: USER_ASSIGNED.clientId },
    (authority) => ({ msiEndpoint: authority }),
    () => ({}),
  ],
])("managed identity of %s makes a row", async (_, ids, config, env) => {
  const { authority } = tenant.emulator;
  const provider = await startSignIn(tenant, { useMsi: "true", ...ids, ...config(authority) }, env(authority));
  await createRow(provider, tenant);
  expect(tenant.rows()).toHaveLength(1);
  expect(signInRequests(tenant)).toEqual(["GET identity"]);
});

test("managed identity: the user-assigned one is asked for, not the machine's own", async () => {
  const config = { useMsi: "true", clientId: READER.clientId, msiEndpoint: tenant.emulator.authority };
  expect(await failureOf(createRow(await startSignIn(tenant, config), tenant))).toMatch(/Graph answered 403 Forbidden/);
});

test("managed identity: one the machine does not have, and no machine", async () => {
  const { authority } = tenant.emulator;
  const unknown = { useMsi: "true", clientId: "55555555-5555-4555-8555-555555555555", msiEndpoint: authority };
  expect(await failureOf(createRow(await startSignIn(tenant, unknown), tenant))).toBe(
    `cannot sign in to Microsoft Entra: the managed identity endpoint ${authority} answered 400; assign the machine an identity, and check intune:clientId if a user-assigned one is meant`,
  );
  const nowhere = { useMsi: "true", clientId: "", msiEndpoint: "http://127.0.0.1:9" };
  expect(await failureOf(createRow(await startSignIn(tenant, nowhere), tenant))).toBe(
    "cannot sign in to Microsoft Entra: no managed identity endpoint answers at http://127.0.0.1:9 (ECONNREFUSED); run where Azure gives one, set intune:msiEndpoint, or choose another way to sign in",
  );
});

interface ToolCase {
  readonly setting: string;
  readonly command: string;
  readonly print: (token: string, expires: Date) => unknown;
  /** What one of its calls must hold. */
  readonly asked: string[];
  readonly signedOut: string;
  readonly notInstalled: string;
  readonly notSignedIn: string;
}

const TOOLS: ToolCase[] = [
  {
    setting: "useCli",
    command: "az",
    print: (accessToken, expires) => ({
      accessToken,
      expiresOn: expires.toISOString(),
      expires_on: Math.floor(expires.getTime() / 1000),
      tokenType: "Bearer",
    }),
    asked: ["account", "get-access-token", "https://graph.microsoft.com", DEFAULT_APP.tenantId],
    signedOut: "ERROR: Please run 'az login' to setup account.",
    notInstalled: "the Azure CLI (az) is not installed or not in PATH; install it, or choose another way to sign in",
    notSignedIn:
      "nobody is signed in with the Azure CLI (az); run az login with a work or school account of the tenant",
  },
  {
    setting: "usePowerShell",
    command: "pwsh",
    print: (Token, expires) => ({ Token, ExpiresOn: expires.toISOString() }),
    asked: ["-NoProfile", "-NonInteractive", "-Command"],
    signedOut: "Get-AzAccessToken: Run Connect-AzAccount to login.",
    notInstalled:
      "Azure PowerShell (pwsh with the module Az.Accounts) is not installed or not in PATH; install it, or choose another way to sign in",
    notSignedIn:
      "nobody is signed in with Azure PowerShell (pwsh with the module Az.Accounts); run Connect-AzAccount with a work or school account of the tenant",
  },
  {
    setting: "useAzd",
    command: "azd",
    print: (token, expires) => ({ token, expiresOn: expires.toISOString() }),
    asked: ["auth", "token", "--scope", SCOPE, "--tenant-id", DEFAULT_APP.tenantId],
    signedOut: "ERROR: not logged in, run `azd auth login` to login",
    notInstalled:
      "the Azure Developer CLI (azd) is not installed or not in PATH; install it, or choose another way to sign in",
    notSignedIn:
      "nobody is signed in with the Azure Developer CLI (azd); run azd auth login with a work or school account of the tenant",
  },
];

const inAnHour = (): Date => new Date(Date.now() + 3_600_000);
const pathWith = (folder: string): Record<string, string> => ({
  PATH: [folder, process.env["PATH"] ?? ""].join(path.delimiter),
});

describe.each(TOOLS)("$command", ({ setting, command, print, asked, signedOut, notInstalled, notSignedIn }) => {
  onPosix("the token of whoever signed in makes a row", async () => {
    const token = await requestToken(tenant.emulator, { scope: SCOPE });
    tenant.emulator.journal.clear();
    const shim = makeShim(command, { stdout: JSON.stringify(print(token, inAnHour())) });
    const provider = await startSignIn(tenant, { [setting]: "true" }, pathWith(shim.folder));
    await createRow(provider, tenant);
    await createRow(provider, tenant);
    expect(tenant.rows()).toHaveLength(2);
    expect(shim.calls().at(-1)).toEqual(expect.arrayContaining(asked));
    expect(signInRequests(tenant)).toEqual([]);
  });

  onPosix("not installed, and nobody signed in, are two lines", async () => {
    const absent = await startSignIn(tenant, { [setting]: "true" }, { PATH: makeFolder() });
    expect(await failureOf(createRow(absent, tenant))).toBe(`cannot sign in to Microsoft Entra: ${notInstalled}`);
    const shim = makeShim(command, { stderr: `${signedOut}\n`, exitCode: 1 });
    const env = pathWith(shim.folder);
    const idle = await startSignIn(tenant, { [setting]: "true" }, env);
    expect(await failureOf(createRow(idle, tenant))).toBe(`cannot sign in to Microsoft Entra: ${notSignedIn}`);
  });
});

onPosix("nothing set: DefaultAzureCredential finds the tool whose name AZURE_TOKEN_CREDENTIALS gives", async () => {
  const token = await requestToken(tenant.emulator, { scope: SCOPE });
  const shim = makeShim("azd", { stdout: JSON.stringify({ token, expiresOn: inAnHour().toISOString() }) });
  const env = { ...pathWith(shim.folder), AZURE_TOKEN_CREDENTIALS: "AzureDeveloperCliCredential" };
  const provider = await startSignIn(tenant, { clientId: "", tenantId: "" }, env);
  await createRow(provider, tenant);
  expect(tenant.rows()).toHaveLength(1);
});

onPosix("nothing set and nothing there: one line that says what could be set", async () => {
  const env = { PATH: makeFolder(), AZURE_TOKEN_CREDENTIALS: "dev" };
  const provider = await startSignIn(tenant, { clientId: "", tenantId: "" }, env);
  expect(await failureOf(createRow(provider, tenant))).toBe(
    "cannot sign in to Microsoft Entra: nothing to sign in with was found (DefaultAzureCredential); set intune:tenantId, intune:clientId and intune:clientSecret, or sign in with az login; docs/authentication.md lists every way",
  );
});
