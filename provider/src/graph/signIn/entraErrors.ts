/** What happened, and what to do, in the words of this package's settings. */
export type Explanation = readonly [reason: string, whatToDo: string];

const NO_TENANT: Explanation = [
  "there is no such tenant",
  "check intune:tenantId, and intune:environment if the tenant lies in another cloud",
];
const PERSONAL: Explanation = [
  "a personal Microsoft account, or one of another tenant, cannot sign in to this tenant",
  "use a work or school account of the tenant in intune:tenantId",
];
const NO_MATCH: Explanation = [
  "no federated credential of the application matches the pipeline's token",
  "compare issuer, subject (case counts) and audience (api://AzureADTokenExchange) with those under Certificates & secrets of the app registration",
];
const SIGN_IN_AGAIN: Explanation = [
  "the sign-in of the person has ended or is not enough",
  "sign in again with the command-line tool (az login, Connect-AzAccount, azd auth login)",
];

/** By the number behind AADSTS. Source: learn.microsoft.com/entra/identity-platform/reference-error-codes. */
export const ENTRA_ERRORS: Readonly<Record<number, Explanation>> = {
  7000215: [
    "the client secret is wrong",
    "set intune:clientSecret to the secret's value, not its id (pulumi config set --secret intune:clientSecret)",
  ],
  7000222: [
    "the client secret has expired",
    "make a new one in the app registration and set intune:clientSecret to its value (pulumi config set --secret intune:clientSecret)",
  ],
  700016: ["the tenant has no such application", "check intune:clientId and intune:tenantId"],
  90002: NO_TENANT,
  900021: NO_TENANT,
  900023: NO_TENANT,
  50020: PERSONAL,
  9001023: PERSONAL,
  9002331: PERSONAL,
  9002332: PERSONAL,
  9002346: PERSONAL,
  700024: [
    "the token or certificate shown for the application is outside its time (expired, or the clock of this machine is wrong)",
    "let the provider ask for a fresh token (intune:useOidc in GitHub Actions or Azure Pipelines), or name a file that is kept fresh in intune:oidcTokenFilePath",
  ],
  70021: NO_MATCH,
  700211: NO_MATCH,
  700212: NO_MATCH,
  700213: NO_MATCH,
  7002137: NO_MATCH,
  7002138: NO_MATCH,
  700027: [
    "the certificate is not one of the application's",
    "upload its public part under Certificates & secrets of the app registration, or check intune:clientId",
  ],
  500011: ["the tenant does not know the resource a token was asked for", "check intune:scope and intune:environment"],
  50076: SIGN_IN_AGAIN,
  50079: SIGN_IN_AGAIN,
  50173: SIGN_IN_AGAIN,
  70043: SIGN_IN_AGAIN,
  700082: SIGN_IN_AGAIN,
};
