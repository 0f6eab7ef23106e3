import { createPrivateKey } from "node:crypto";
import { DEFAULT_APP, type EmulatorApp } from "intune-emulator";
import { type Identity, makeCertificate } from "../support/certificates";
import {
  closeSignIns,
  createRow,
  failureOf,
  makeFolder,
  signInRequests,
  startSignIn,
  writeText,
} from "../support/signIn";
import { closeTenants, startTenant, type Tenant } from "../support/tenant";

/**
 * Every way an application shows a secret or a certificate of its own: the real provider process, the library's own code,
 * the emulator as authority, and a row that exists afterwards.
 */
let certificate: Identity;
let tenant: Tenant;

beforeAll(async () => {
  certificate = await makeCertificate("fixtures");
});
beforeEach(async () => {
  const app: EmulatorApp = { ...DEFAULT_APP, certificates: [certificate.certificatePem] };
  tenant = await startTenant({ apps: [app] });
});
afterAll(async () => {
  await closeSignIns();
  await closeTenants();
});

const secretFile = (): string => writeText("secret", `${DEFAULT_APP.clientSecret}\n`);
const pem = (): string => certificate.privateKeyPem + certificate.certificatePem;
const encryptedPem = (password: string): string => {
  const key = createPrivateKey(certificate.privateKeyPem);
  const cipher = { cipher: "aes-256-cbc", passphrase: password } as const;
  return key.export({ type: "pkcs8", format: "pem", ...cipher }).toString() + certificate.certificatePem;
};

test.each<[string, () => Record<string, string>, Record<string, string>]>([
  ["a client secret", () => ({ clientSecret: DEFAULT_APP.clientSecret }), {}],
  ["a client secret of the environment", () => ({}), { ARM_CLIENT_SECRET: DEFAULT_APP.clientSecret }],
  ["a client secret in a file", () => ({ clientSecretFilePath: secretFile() }), {}],
  [
    "a client id in a file",
    () => ({
      clientId: "",
      clientIdFilePath: writeText("id", DEFAULT_APP.clientId),
      clientSecret: DEFAULT_APP.clientSecret,
    }),
    {},
  ],
  ["a certificate in a file", () => ({ clientCertificatePath: writeText("c.pem", pem()) }), {}],
  ["a certificate in base64", () => ({ clientCertificate: Buffer.from(pem()).toString("base64") }), {}],
  [
    "a certificate with an encrypted key",
    () => ({
      clientCertificatePath: writeText("c.pem", encryptedPem("canary-password")),
      clientCertificatePassword: "canary-password",
    }),
    {},
  ],
  [
    "DefaultAzureCredential, by the library's own variables",
    () => ({ useDefaultAzureCredential: "true" }),
    {
      AZURE_TENANT_ID: DEFAULT_APP.tenantId,
      AZURE_CLIENT_ID: DEFAULT_APP.clientId,
      AZURE_CLIENT_SECRET: DEFAULT_APP.clientSecret,
    },
  ],
])("%s makes a row", async (_, config, env) => {
  const provider = await startSignIn(tenant, config(), env);
  await createRow(provider, tenant);
  expect(tenant.rows()).toHaveLength(1);
  expect(signInRequests(tenant)).toEqual(["POST token"]);
});

test("the authority verifies the certificate's signature: another key under its name is refused", async () => {
  const other = await makeCertificate("fixtures");
  const provider = await startSignIn(tenant, {
    clientCertificatePath: writeText("o.pem", other.privateKeyPem + other.certificatePem),
  });
  expect(await failureOf(createRow(provider, tenant))).toBe(
    "cannot sign in to Microsoft Entra: the certificate is not one of the application's (AADSTS700027); upload its public part under Certificates & secrets of the app registration, or check intune:clientId",
  );
  expect(tenant.rows()).toEqual([]);
});

test.each<[string, () => Promise<string> | string, string]>([
  [
    "PKCS#12",
    () => "\u0030\u0082\u0009",
    "it is PKCS#12 (or DER), which @azure/identity does not read; convert it with `openssl pkcs12 -in certificate.pfx -out certificate.pem -nodes` and name the new file in intune:clientCertificatePath",
  ],
  [
    "an encrypted key without its password",
    () => encryptedPem("canary-password"),
    "its private key is encrypted; set intune:clientCertificatePassword (pulumi config set --secret)",
  ],
  [
    "no private key",
    () => certificate.certificatePem,
    "there is no private key in it; give one PEM text with the certificate (first) and its RSA private key",
  ],
  [
    "another certificate's key",
    async () => certificate.certificatePem + (await makeCertificate("other")).privateKeyPem,
    "its private key belongs to another certificate; give one PEM text with the certificate (first) and its RSA private key",
  ],
  [
    "something else",
    () => "canary-text",
    "there is no PEM certificate in it; give one PEM text with the certificate (first) and its RSA private key",
  ],
])("a certificate file with %s says so, and nothing is sent", async (_, content, line) => {
  const file = writeText("c.pem", await content());
  const provider = await startSignIn(tenant, { clientCertificatePath: file }, { PULUMI_INTUNE_LOG: "trace" });
  const failure = await failureOf(createRow(provider, tenant));
  expect(failure).toBe(`cannot sign in to Microsoft Entra: the client certificate cannot be used: ${line}`);
  expect(failure + provider.stderr()).not.toContain("canary");
  expect(signInRequests(tenant)).toEqual([]);
});

test("an expired certificate is told before it is shown", async () => {
  const notAfter = new Date("2026-01-02T03:04:05Z");
  const expired = await makeCertificate("expired", { notAfter });
  const provider = await startSignIn(tenant, {
    clientCertificatePath: writeText("e.pem", expired.privateKeyPem + expired.certificatePem),
  });
  expect(await failureOf(createRow(provider, tenant))).toMatch(
    /^cannot sign in to Microsoft Entra: the client certificate cannot be used: it has expired \(Jan {1,2}2 03:04:05 2026 GMT\); make a new one/,
  );
  expect(signInRequests(tenant)).toEqual([]);
});

test("a file that is not there is named by its setting and the system's code, not by its path", async () => {
  const provider = await startSignIn(tenant, { clientSecretFilePath: `${makeFolder()}/canary` });
  expect(await failureOf(createRow(provider, tenant))).toBe(
    "cannot sign in to Microsoft Entra: the file that intune:clientSecretFilePath names cannot be read (ENOENT); check that it is there and may be read",
  );
});

test("a token that Graph refuses is replaced once, for a write too", async () => {
  const provider = await startSignIn(tenant, { clientSecret: DEFAULT_APP.clientSecret });
  tenant.emulator.faults.add({ match: { method: "POST", path: "/beta/**" }, fault: { status: 401 } });
  await createRow(provider, tenant);
  expect(tenant.rows()).toHaveLength(1);
  expect(signInRequests(tenant)).toEqual(["POST token", "POST token"]);
  expect(tenant.requests()).toEqual(["POST deviceStatuses", "POST deviceStatuses"]);
});

test("a second refusal stands", async () => {
  const provider = await startSignIn(tenant, { clientSecret: DEFAULT_APP.clientSecret });
  tenant.emulator.faults.add({ match: { method: "POST", path: "/beta/**" }, times: 9, fault: { status: 401 } });
  expect(await failureOf(createRow(provider, tenant))).toMatch(
    /Graph answered 401 InvalidAuthenticationToken: .*sign in again\./,
  );
  expect(tenant.requests()).toEqual(["POST deviceStatuses", "POST deviceStatuses"]);
});

test("operations that start together sign in once", async () => {
  const provider = await startSignIn(tenant, { clientSecret: DEFAULT_APP.clientSecret });
  await Promise.all(Array.from({ length: 10 }, () => createRow(provider, tenant)));
  expect(tenant.rows()).toHaveLength(10);
  expect(signInRequests(tenant)).toEqual(["POST token"]);
});
