import { AuthenticationError } from "../../../provider/src/graph/errors";
import { Evidence } from "../../../provider/src/graph/signIn/evidence";
import { explainFailure } from "../../../provider/src/graph/signIn/explainFailure";
import type { SignInKind } from "../../../provider/src/graph/signIn/signIn";

const AUTHORITY = "https://login.microsoftonline.com";
const lineOf = (error: unknown, kind: SignInKind = "clientSecret", evidence = new Evidence()): string =>
  explainFailure({ kind, authorityHost: AUTHORITY, error, evidence }).message.replace(
    "cannot sign in to Microsoft Entra: ",
    "",
  );
/** As MSAL words what the token endpoint said. */
const entra = (code: number, text: string): Error =>
  new Error(
    `invalid_client: Error(s): ${String(code)} - Timestamp: 2026-01-02 03:04:05Z - Description: AADSTS${String(code)}: ${text} Trace ID: t Correlation ID: c Timestamp: 2026-01-02 03:04:05Z - Correlation ID: c - Trace ID: t`,
  );

test.each([
  [7000222, "the client secret has expired (AADSTS7000222); make a new one in the app registration"],
  [
    50020,
    "a personal Microsoft account, or one of another tenant, cannot sign in to this tenant (AADSTS50020); use a work or school account",
  ],
  [
    9002332,
    "a personal Microsoft account, or one of another tenant, cannot sign in to this tenant (AADSTS9002332); use a work or school account",
  ],
  [90002, "there is no such tenant (AADSTS90002); check intune:tenantId"],
  [
    50076,
    "the sign-in of the person has ended or is not enough (AADSTS50076); sign in again with the command-line tool",
  ],
  [
    700212,
    "no federated credential of the application matches the pipeline's token (AADSTS700212); compare issuer, subject",
  ],
  [500011, "the tenant does not know the resource a token was asked for (AADSTS500011); check intune:scope"],
])("AADSTS%i", (code, line) => {
  expect(lineOf(entra(code, "Whatever it says."))).toMatch(new RegExp(`^${line.replace(/[.()]/g, "\\$&")}`));
});

test("a code nobody has words for is told in Entra's, without persons", () => {
  expect(lineOf(entra(53003, "Access of canary@fixtures.example was blocked."))).toBe(
    "AADSTS53003: Access of [withheld] was blocked.; see https://login.microsoftonline.com/error?code=53003",
  );
});

test("what the authority answered counts where the library hides it", () => {
  const evidence = new Evidence();
  evidence.noteFailure({ origin: AUTHORITY, code: undefined, status: 400 });
  evidence.noteAnswer({ code: 90002, description: "Tenant not found." });
  expect(lineOf(new Error("endpoints_resolution_error"), "clientSecret", evidence)).toMatch(/^there is no such tenant/);
});

test("a certificate goes before what follows from it, and codes hide in causes and parts", () => {
  const evidence = new Evidence();
  evidence.noteFailure({ origin: AUTHORITY, code: "SELF_SIGNED_CERT_IN_CHAIN", status: undefined });
  evidence.noteFailure({ origin: AUTHORITY, code: "ECONNRESET", status: undefined });
  expect(lineOf(new Error("endpoints_resolution_error"), "oidcToken", evidence)).toBe(
    `the certificate of ${AUTHORITY} is not trusted (SELF_SIGNED_CERT_IN_CHAIN); name its certificate authority's PEM file in intune:caCertificatePath`,
  );
});

test("DefaultAzureCredential: an address that need not be there explains nothing, the authority does", () => {
  const evidence = new Evidence();
  evidence.noteFailure({ origin: "http://169.254.169.254", code: "EHOSTUNREACH", status: undefined });
  const nothing = Object.assign(new Error("ChainedTokenCredential authentication failed."), {
    errors: [new Error("CredentialUnavailableError: EnvironmentCredential is unavailable")],
  });
  expect(lineOf(nothing, "default", evidence)).toMatch(/^nothing to sign in with was found/);
  const wrong = Object.assign(new Error("failed"), { errors: [entra(7000215, "Invalid client secret provided.")] });
  expect(lineOf(wrong, "default", evidence)).toMatch(/^the client secret is wrong \(AADSTS7000215\)/);
});

test("what the package has found itself stands, also as a cause", () => {
  const own = new AuthenticationError("mine", "do this", undefined);
  expect(lineOf(new Error("wrapped", { cause: own }))).toBe("mine; do this");
});

test("no secret, nothing that looks like a token, one line, and no cause that could quote a request", () => {
  const evidence = new Evidence();
  evidence.keepSecret("canary-secret");
  const error = new Error(`sent canary-secret and eyJhbGciOi.eyJzdWIi.c2ln_-\nsecond line`);
  const explained = explainFailure({ kind: "clientSecret", authorityHost: AUTHORITY, error, evidence });
  expect(explained.message).toBe(
    "cannot sign in to Microsoft Entra: sent [secret] and [token]; docs/authentication.md says what this way to sign in needs",
  );
  expect(explained.cause).toBeUndefined();
  expect(lineOf(new Error("x".repeat(1000))).length).toBeLessThan(400);
});
