/** Credentials told by their shape. Every expression is linear: no repetition stands within another. */
const KINDS: readonly (readonly [kind: string, shape: RegExp])[] = [
  ["a JSON web token", /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*/],
  ["a private key", /-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----/],
  // Three characters, a digit, "Q~", then 31 to 34 more. Source: secret scanners' detector of Entra client secrets.
  ["a client secret of Microsoft Entra", /(?:^|[^\w~.-])[\w~.-]{3}\dQ~[\w~.-]{31,34}(?:$|[^\w~.-])/],
  [
    "a connection string",
    /\b(?:AccountKey|SharedAccessKey|SharedAccessSignature|AccessKey|Password|Pwd)\s{0,3}=\s{0,3}[^\s;]{4}/i,
  ],
  ["a signature of a shared access", /[?&]sig=[\w%+/-]{20}/],
  ["a key of an Azure service", /(?:^|[^A-Za-z0-9+/])[A-Za-z0-9+/]{86}==(?:$|[^A-Za-z0-9+/=])/],
  ["an access token of GitHub", /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{40})/],
  ["an access token of GitLab", /\bglpat-[\w-]{20}/],
  ["an access token of npm", /\bnpm_[A-Za-z0-9]{36}/],
  ["an access token of Slack", /\bxox[abeoprs]-[\w-]{10}/],
  ["an access token of Pulumi", /\bpul-[0-9a-f]{40}/],
  ["an access key of AWS", /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ["an access key of Google", /\bAIza[\w-]{35}/],
  ["a bearer token", /\bBearer\s{1,3}[\w.~+/-]{20}/i],
];

/** The kind of credential that a text looks like, with its article; undefined if it looks like none. */
export function secretKind(text: string): string | undefined {
  return KINDS.find(([, shape]) => shape.test(text))?.[0];
}
