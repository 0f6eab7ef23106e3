import { createHash, X509Certificate } from "node:crypto";
import { ConfidentialClientApplication } from "@azure/msal-node";
import type { Configuration, INetworkModule, NetworkRequestOptions, NetworkResponse } from "@azure/msal-node";
import { DEFAULT_APP, startEmulator } from "intune-emulator";
import type { Emulator } from "intune-emulator";
import { Agent, request } from "undici";
import { type Identity, makeCertificate } from "../support/certificates";
import { type Pointing, runClientProgram } from "../support/clientProgram";

/** MSAL for Node.js by its public API alone. @azure/identity, which carries another version of it, is in emulatorHttps.test.ts. */
const SCOPES = ["https://graph.microsoft.com/.default"];
let known: Identity;
let unknown: Identity;
let emulator: Emulator;
let dispatcher: Agent;

beforeAll(async () => {
  [known, unknown] = [await makeCertificate("known"), await makeCertificate("unknown")];
});
beforeEach(async () => {
  emulator = await startEmulator({ https: true, apps: [{ ...DEFAULT_APP, certificates: [known.certificatePem] }] });
  dispatcher = new Agent({ connect: { ca: emulator.https?.caCertificatePem ?? "" } });
});
afterEach(async () => {
  await dispatcher.destroy();
  await emulator.close();
});

const requests = (pattern: RegExp): string[] =>
  emulator.journal
    .entries()
    .filter(({ path }) => pattern.test(path))
    .map(({ method, status }) => `${method} ${String(status)}`);
const certificateEnv = (): Record<string, string> => ({
  CERTIFICATE: known.certificatePem,
  PRIVATE_KEY: known.privateKeyPem,
});

test.each<Pointing>(["address", "proxy"])(
  "a program pointed by %s signs in with secret and certificate, and its second token is the cache's",
  async (pointing) => {
    const outcome = { status: 200, fromCache: [false, true] };
    const printed = await runClientProgram("msalNode", emulator, { pointing, env: certificateEnv() });
    expect(printed).toEqual({ secret: outcome, certificate: outcome });
    expect(requests(/\/token$/)).toEqual(["POST 200", "POST 200"]);
    expect(requests(/^\/beta\//)).toEqual(["GET 200", "GET 200"]);
  },
);

test("a program that does not trust the emulator's authority is not signed in, and sends nothing", async () => {
  const attempt = runClientProgram("msalNode", emulator, { pointing: "address", env: certificateEnv(), trusts: false });
  await expect(attempt).rejects.toThrow("endpoints_resolution_error");
  expect(emulator.journal.entries()).toEqual([]);
});

/** By code: MSAL's requests through a client of one's own, which trusts the made authority and nothing else. */
function networkClient(): INetworkModule {
  const send = async (method: "GET" | "POST", url: string, options: NetworkRequestOptions = {}) => {
    const { statusCode, headers, body } = await request(url, {
      method,
      dispatcher,
      headers: options.headers ?? {},
      body: options.body ?? null,
    });
    const flat = Object.entries(headers).map(([name, value]) => [name, String(value)]);
    return {
      status: statusCode,
      headers: Object.fromEntries(flat) as Record<string, string>,
      body: await body.json(),
    };
  };
  return {
    sendGetRequestAsync: async <T>(url: string, options?: NetworkRequestOptions) =>
      (await send("GET", url, options)) as NetworkResponse<T>,
    sendPostRequestAsync: async <T>(url: string, options?: NetworkRequestOptions) =>
      (await send("POST", url, options)) as NetworkResponse<T>,
  };
}

function signIn(proof: Partial<Configuration["auth"]>): Promise<unknown> {
  const authority = emulator.https?.authority ?? "";
  const application = new ConfidentialClientApplication({
    auth: {
      clientId: DEFAULT_APP.clientId,
      authority: `${authority}/${DEFAULT_APP.tenantId}`,
      knownAuthorities: [new URL(authority).host],
      ...proof,
    },
    system: { networkClient: networkClient() },
  });
  return application.acquireTokenByClientCredential({ scopes: SCOPES });
}

const clientCertificate = ({ certificatePem, privateKeyPem }: Identity) => ({
  thumbprintSha256: createHash("sha256").update(new X509Certificate(certificatePem).raw).digest("hex"),
  privateKey: privateKeyPem,
});

test("by code: the token of a secret and of a certificate is a Bearer's, and ends in an hour", async () => {
  for (const proof of [{ clientSecret: DEFAULT_APP.clientSecret }, { clientCertificate: clientCertificate(known) }]) {
    const answer = (await signIn(proof)) as { tokenType: string; expiresOn: Date };
    expect(answer.tokenType).toBe("Bearer");
    const secondsLeft = (answer.expiresOn.getTime() - Date.now()) / 1000;
    expect(secondsLeft).toBeGreaterThan(3_590);
    expect(secondsLeft).toBeLessThanOrEqual(3_600);
  }
});

test.each<[string, () => Partial<Configuration["auth"]>, string]>([
  ["another secret", () => ({ clientSecret: "not the secret" }), "AADSTS7000215"],
  ["a certificate the application has not", () => ({ clientCertificate: clientCertificate(unknown) }), "AADSTS700027"],
])("by code: %s is refused with the text MSAL passes on", async (_, proof, code) => {
  await expect(signIn(proof())).rejects.toMatchObject({
    name: "ServerError",
    errorCode: "invalid_client",
    errorMessage: expect.stringContaining(code) as string,
  });
  expect(requests(/\/token$/)).toEqual(["POST 401"]);
});
