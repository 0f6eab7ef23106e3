/** Who GitHub's tokens say they are from. Source: docs.github.com, "OpenID Connect reference". */
export const GITHUB_ISSUER = "https://token.actions.githubusercontent.com";
/** The job whose tokens are given out; the default application has a federated credential for it. */
export const GITHUB_SUBJECT = "repo:intune-emulator/fixtures:ref:refs/heads/main";
/** The runner's ACTIONS_ID_TOKEN_REQUEST_TOKEN; the same for everybody, as the client secret is. */
export const GITHUB_REQUEST_TOKEN = "intune-emulator-well-known-request-token";
