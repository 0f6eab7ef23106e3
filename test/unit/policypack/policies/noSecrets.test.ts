import { noSecrets } from "../../../../policypack/src/policies/noSecrets";
import { COMPLIANT, judge, judgeWith, UNKNOWN } from "../judge";

const TAIL =
  "Fix: take it out and revoke it; credentials belong in secret stack configuration, such as intune:clientSecret [DCS008] docs/rules/no-secrets.md";
const filler = (length: number) => "Ab3".repeat(length).slice(0, length);

/** Made up, and put together here so that no scanner of this repository takes one for real. */
const SECRETS: readonly [kind: string, text: string][] = [
  ["a JSON web token", `eyJ${filler(20)}.eyJ${filler(20)}.${filler(20)}`],
  ["a private key", ["-----BEGIN RSA", "PRIVATE KEY-----"].join(" ")],
  ["a client secret of Microsoft Entra", `abc8Q~${filler(34)}`],
  ["a connection string", `DefaultEndpointsProtocol=https;AccountName=x;AccountKey=${filler(20)}`],
  ["a connection string", "Server=db;Uid=x;Pwd = hunter2"],
  ["a signature of a shared access", `https://x.test/y?sv=1&sig=${filler(24)}`],
  ["a key of an Azure service", `${filler(86)}==`],
  ["an access token of GitHub", `ghp_${filler(36)}`],
  ["an access token of GitHub", `github_pat_${filler(40)}`],
  ["an access token of GitLab", `glpat-${filler(20)}`],
  ["an access token of npm", `npm_${filler(36)}`],
  ["an access token of Slack", `xoxb-${filler(12)}`],
  ["an access token of Pulumi", `pul-${"0a".repeat(20)}`],
  ["an access key of AWS", `AKIA${"Q".repeat(16)}`],
  ["an access key of Google", `AIza${filler(35)}`],
  ["a bearer token", `Authorization: Bearer ${filler(24)}`],
];

describe.each(Object.keys(COMPLIANT))("no-secrets: %s", (property) => {
  it.each(SECRETS)("recognises %s, bare, in a sentence and below the surface", (kind, text) => {
    const expected = [`${property} holds what looks like ${kind}. ${TAIL}`];
    expect(judgeWith(noSecrets, property, text)).toEqual(expected);
    expect(judgeWith(noSecrets, property, `see ${text} there`)).toEqual(expected);
    expect(judgeWith(noSecrets, property, { inner: ["", [text]] })).toEqual(expected);
  });

  it.each([[null], [undefined], [UNKNOWN], [7], [true], [["x"]], [{ inner: [UNKNOWN] }]])("accepts %j", (value) => {
    expect(judgeWith(noSecrets, property, value)).toEqual([]);
  });
});

it.each([
  "4f8f3a3e-5d0a-4c8e-9d6b-2f1c7f6f1a11",
  "Device Display Name value",
  "Passwordless laptop",
  "password policy",
  "the bearer of this laptop",
  "iPad (9th generation), key=blue",
  filler(200),
])("no-secrets accepts %s", (text) => {
  expect(judgeWith(noSecrets, "deviceModel", text)).toEqual([]);
});

it("no-secrets looks into properties that do not exist, and does not repeat a long name", () => {
  const [, secret = ""] = SECRETS[0] ?? [];
  expect(judge(noSecrets, { notes: secret, ["x".repeat(300)]: secret }).messages).toEqual([
    `notes holds what looks like a JSON web token. ${TAIL}`,
    `A property holds what looks like a JSON web token. ${TAIL}`,
  ]);
});

it("no-secrets reads 100 kB of anything in no time", () => {
  const started = performance.now();
  for (const unit of ["a", "eyJ", "A/", "-----BEGIN ", "Password=", "?sig=", "ghp_a", "Bearer ", "   "])
    judgeWith(noSecrets, "deviceModel", unit.repeat(100_000 / unit.length));
  expect(performance.now() - started).toBeLessThan(2000);
});
