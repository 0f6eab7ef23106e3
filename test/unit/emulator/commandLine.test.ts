import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HELP, parseCommandLine } from "../../../emulator/src/commandLine";
import { toSettings } from "../../../emulator/src/options";
import type { EmulatorOptions } from "../../../emulator/src/options";
import { DEFAULT_APP } from "../../../emulator/src/registeredApps";
import type { EmulatorApp } from "../../../emulator/src/registeredApps";

test("every flag ends in its option", () => {
  const args =
    "--port 8080 --data d --profile observed --page-size 5 --patch-answer 204 --client-secret s --quota --quota-time-scale 0.5 --seed-data s.csv --clock 2026-01-02T03:04:05Z --seed 7".split(
      " ",
    );
  expect(parseCommandLine(args)).toEqual({
    kind: "start",
    options: {
      port: 8080,
      data: "d",
      profile: "observed",
      pageSize: 5,
      patchAnswer: 204,
      apps: [{ ...DEFAULT_APP, clientSecret: "s" }],
      quota: true,
      quotaTimeScale: 0.5,
      seedData: "s.csv",
      clock: "2026-01-02T03:04:05Z",
      seed: 7,
    },
  });
  expect(parseCommandLine([])).toEqual({ kind: "start", options: {} });
});

test("every flag of the endpoints ends in its option", () => {
  const args =
    "--host 0.0.0.0 --allow-remote-connections --https --https-port 8443 --https-host a --https-host b --ca-certificate c.pem";
  expect(parseCommandLine(args.split(" "))).toEqual({
    kind: "start",
    options: {
      host: "0.0.0.0",
      allowRemoteConnections: true,
      https: true,
      httpsPort: 8443,
      httpsHosts: ["a", "b"],
      caCertificatePath: "c.pem",
    },
  });
});

test("--tenant adds tenants beside the default one, with the same application and secret", () => {
  const id = "AAAAAAAA-0000-4000-8000-000000000001";
  expect(parseCommandLine(["--tenant", id, "--client-secret", "s"])).toEqual({
    kind: "start",
    options: {
      apps: [
        { ...DEFAULT_APP, clientSecret: "s" },
        { ...DEFAULT_APP, tenantId: id.toLowerCase(), clientSecret: "s" },
      ],
    },
  });
});

test("--faults reads the rules, and names the file and the rule that is wrong", () => {
  const folder = mkdtempSync(join(tmpdir(), "intune-emulator-"));
  const file = join(folder, "faults.json");
  try {
    writeFileSync(file, '[{ "probability": 0.5, "fault": { "status": 503 } }]');
    const rules = [{ probability: 0.5, fault: { status: 503 } }];
    expect(parseCommandLine(["--faults", file])).toEqual({ kind: "start", options: { faults: rules } });
    writeFileSync(file, '[{ "fault": { "status": 503 } }, { "fault": { "status": 1 } }]');
    const text = `--faults ${file} cannot be used: rule 1: fault.status must be a whole number from 200 to 599`;
    expect(() => parseCommandLine(["--faults", file])).toThrow(text);
    writeFileSync(file, "{");
    expect(() => parseCommandLine(["--faults", file])).toThrow("it is not valid JSON");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("--help names every flag", () => {
  expect(parseCommandLine(["--help"])).toEqual({ kind: "help" });
  for (const flag of [
    "port",
    "data",
    "profile",
    "page-size",
    "patch-answer",
    "client-secret",
    "quota",
    "quota-time-scale",
    "host",
    "allow-remote-connections",
    "https",
    "https-port",
    "https-host",
    "ca-certificate",
    "seed-data",
    "tenant",
    "clock",
    "faults",
    "seed",
    "help",
    "version",
  ]) {
    expect(HELP).toContain(`--${flag} `);
  }
});

test.each([
  [["--colour"], "'--colour'"],
  [["extra"], "'extra'"],
  [["--port"], "--port"],
  [["--port", "80x"], "--port must be a whole number, got '80x'"],
  [["--port=-1"], "--port must be a whole number, got '-1'"],
  [["--profile", "real"], "--profile must be documented or observed, got 'real'"],
  [["--patch-answer", "201"], "--patch-answer must be 200 or 204, got '201'"],
  [["--quota-time-scale", "fast"], "--quota-time-scale must be a number such as 0.1, got 'fast'"],
  [["--data", ""], "--data must not be empty"],
  [["--host="], "--host must not be empty"],
  [["--https-port", "x"], "--https-port must be a whole number, got 'x'"],
  [["--ca-certificate="], "--ca-certificate must not be empty"],
  [["--client-secret="], "--client-secret must not be empty"],
  [["--seed", "x"], "--seed must be a whole number, got 'x'"],
  [["--seed-data", ""], "--seed-data must not be empty"],
  [["--tenant", "contoso"], "--tenant must be a GUID such as e0000000-0000-4000-8000-000000000001, got 'contoso'"],
  [["--faults", "no/such.json"], "--faults no/such.json cannot be used: ENOENT"],
])("%j is refused by name", (args, text) => {
  expect(() => parseCommandLine(args)).toThrow(text);
});

test.each(["127.0.0.1", "127.1.2.3", "::1", "localhost"])("host %s is loopback", (host) => {
  expect(toSettings({ host }).host).toBe(host);
});

test("any host may be, when told so", () => {
  expect(toSettings({ host: "0.0.0.0", allowRemoteConnections: true }).host).toBe("0.0.0.0");
});

test.each<[EmulatorOptions, string]>([
  [{ host: "0.0.0.0" }, "host 0.0.0.0 is not a loopback address"],
  [{ host: "127.evil.example" }, "is not a loopback address"],
  [{ host: "::" }, "is not a loopback address"],
  [{ host: "0.0.0.0" }, "use 127.0.0.1 or say --allow-remote-connections"],
  [{ https: true, httpsPort: 65536 }, "httpsPort must be a whole number from 0 to 65535"],
  [{ httpsPort: 8443 }, "httpsPort is for https only: add --https"],
  [{ httpsHosts: ["a"] }, "httpsHosts is for https only: add --https"],
  [{ caCertificatePath: "ca.pem" }, "caCertificatePath is for https only: add --https"],
  [{ https: true, httpsHosts: ["good", "https://a:1"] }, "without scheme and port, got 'https://a:1'"],
  [{ port: 65536 }, "port must be a whole number from 0 to 65535"],
  [{ pageSize: 0 }, "pageSize must be a whole number from 1"],
  [{ tokenLifetimeSeconds: 0 }, "tokenLifetimeSeconds must be a whole number from 1"],
  [{ quotaTimeScale: 0 }, "quotaTimeScale must be a number from above 0 to 1, got 0"],
  [{ quotaTimeScale: 1.5 }, "quotaTimeScale must be a number from above 0 to 1, got 1.5"],
  [{ seed: -1 }, "seed must be a whole number from 0"],
  [{ apps: [] }, "apps must hold at least one"],
])("%j cannot be", (options, text) => {
  expect(() => toSettings(options)).toThrow(text);
});

describe("what an application signs in with", () => {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const publicPem = publicKey.export({ type: "spki", format: "pem" }).toString();
  const privatePem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const credential = { issuer: "https://issuer.example", subject: "s" };
  const refusal = (app: Partial<EmulatorApp>): string => {
    try {
      toSettings({ apps: [DEFAULT_APP, { ...DEFAULT_APP, ...app }] });
      return "taken";
    } catch (error) {
      return String(error);
    }
  };

  test.each<[Partial<EmulatorApp>, string]>([
    [{ certificates: [privatePem] }, "apps[1].certificates[0] must be an X.509 certificate in PEM"],
    [{ certificates: ["ca.pem"] }, "apps[1].certificates[0] must be an X.509 certificate in PEM"],
    [
      { federatedCredentials: [credential, { ...credential, publicKey: "" }] },
      "apps[1].federatedCredentials[1].publicKey must be a public key in PEM",
    ],
    [
      { clientSecretEndDateTime: "tomorrow" },
      "apps[1].clientSecretEndDateTime must be a date-time such as 2026-01-02T03:04:05Z, got 'tomorrow'",
    ],
  ])("is refused at the start when it cannot be read, and not repeated: case %#", (app, text) => {
    expect(refusal(app)).toContain(text);
    expect(refusal(app)).not.toContain(privatePem.split("\n")[1]);
  });

  test("is taken when it can be", () => {
    const federatedCredentials = [credential, { ...credential, publicKey: publicPem }];
    expect(refusal({ federatedCredentials, clientSecretEndDateTime: "2026-01-02T03:04:05Z" })).toBe("taken");
  });
});
