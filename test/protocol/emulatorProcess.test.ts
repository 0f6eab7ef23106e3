import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEFAULT_APP } from "intune-emulator";
import { killAll, run, startProcess } from "../unit/emulator/support/emulatorProcess";
import { createPolicy, GraphClient, POLICIES } from "../unit/emulator/support/graphClient";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "intune-emulator-"));
});
afterEach(async () => {
  await killAll();
  rmSync(folder, { recursive: true });
});

test("ready: one line of JSON, then it answers; SIGTERM ends it with 0 and nothing more on either stream", async () => {
  const emulator = await startProcess("--profile", "observed");
  expect(emulator.readyLine).toEqual({
    graphEndpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string,
    authority: emulator.graphEndpoint,
    pid: emulator.child.pid,
    profile: "observed",
    tenantId: DEFAULT_APP.tenantId,
    clientId: DEFAULT_APP.clientId,
    clientSecret: DEFAULT_APP.clientSecret,
  });
  const health = await fetch(`${emulator.graphEndpoint}/healthz`);
  expect([health.status, await health.json()]).toEqual([200, { status: "ok", profile: "observed" }]);
  emulator.child.kill("SIGTERM");
  const { code, stdout, stderr } = await emulator.ended;
  expect([code, stdout.split("\n").length, stderr]).toEqual([0, 2, ""]);
});

test("--tenant: the ready line names all tenants, the default one first", async () => {
  const other = "e0000000-0000-4000-8000-00000000000f";
  const emulator = await startProcess("--tenant", other);
  expect(emulator.readyLine).toMatchObject({
    tenantId: DEFAULT_APP.tenantId,
    tenantIds: [DEFAULT_APP.tenantId, other],
  });
});

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s: ends with 0 while a client keeps its connection open",
  async (signal) => {
    const emulator = await startProcess("--data", folder);
    const client = await GraphClient.of(emulator);
    await createPolicy(client);
    const idle = connect(Number(new URL(emulator.graphEndpoint).port), "127.0.0.1").on("error", () => undefined);
    await new Promise((resolve) => idle.once("connect", resolve));
    emulator.child.kill(signal);
    expect((await emulator.ended).code).toBe(0);
    idle.destroy();
    await client.close();
    const again = await startProcess("--data", folder);
    const later = await GraphClient.of(again);
    expect((await later.call("GET", POLICIES)).body).toMatchObject({ "@odata.count": 1 });
    await later.close();
    again.child.kill("SIGTERM");
    await again.ended;
  },
);

test("--client-secret: works, and is not printed", async () => {
  const emulator = await startProcess("--client-secret", "another secret");
  expect(JSON.stringify(emulator.readyLine)).not.toContain("secret");
  const client = await GraphClient.of({ ...emulator, app: { ...DEFAULT_APP, clientSecret: "another secret" } });
  expect((await client.call("GET", POLICIES)).status).toBe(200);
  const refused = await GraphClient.of(emulator);
  expect(refused.token).toBeUndefined();
  await client.close();
  emulator.child.kill("SIGTERM");
  await emulator.ended;
});

test("--version and --help", async () => {
  const manifest = JSON.parse(readFileSync(require.resolve("intune-emulator/package.json"), "utf8")) as {
    version: string;
  };
  expect(await run("--version").ended).toMatchObject({ code: 0, stdout: `${manifest.version}\n`, stderr: "" });
  const help = await run("--help").ended;
  expect([help.code, help.stdout.split("\n")[0]]).toEqual([0, "Usage: intune-emulator [options]"]);
});

test("seed data, faults, seed, clock and tenants are in place when it is ready", async () => {
  const [seedData, faults] = [join(folder, "seed.csv"), join(folder, "faults.json")];
  writeFileSync(seedData, "policyDisplayName,status\nWindows,error\n");
  writeFileSync(faults, '[{"match":{"method":"DELETE"},"probability":1,"fault":{"status":503}}]');
  const other = "e0000000-0000-4000-8000-0000000000ff";
  const args = ["--seed-data", seedData, "--faults", faults, "--seed", "9", "--clock", "2026-03-01T00:00:00Z"];
  const emulator = await startProcess(...args, "--tenant", other);
  const client = await GraphClient.of(emulator);
  const { status, body } = await client.call("GET", POLICIES);
  expect([status, body]).toMatchObject([200, { value: [{ displayName: "Windows", version: 1 }] }]);
  expect((await client.call("DELETE", `${POLICIES}/x`)).status).toBe(503);
  expect((await client.call("GET", "/_emulator/faults")).body).toMatchObject({
    seed: 9,
    value: [{ seen: 1, struck: 1 }],
  });
  expect((await client.call("GET", "/_emulator/clock")).body).toMatchObject({
    dateTime: expect.stringMatching(/^2026-03-01T00:0/) as string,
  });
  const otherClient = await GraphClient.of({ ...emulator, app: { ...DEFAULT_APP, tenantId: other } });
  expect((await otherClient.call("GET", POLICIES)).body).toMatchObject({ value: [] });
  await Promise.all([client.close(), otherClient.close()]);
  emulator.child.kill("SIGTERM");
  expect((await emulator.ended).code).toBe(0);
});

/** How a start that cannot be ends: one line that names cause and fix, nothing on stdout. */
async function refusal(...args: string[]): Promise<{ code: number | null; line: string }> {
  const { code, stdout, stderr } = await run(...args).ended;
  expect([stdout, stderr.endsWith("\n"), stderr.trimEnd().includes("\n")]).toEqual(["", true, false]);
  return { code, line: stderr.trimEnd() };
}

test.each([
  [["--colour"], "intune-emulator: Unknown option '--colour'"],
  [["--port", "http"], "intune-emulator: --port must be a whole number, got 'http' (see --help)"],
  [["extra"], "intune-emulator: Unexpected argument 'extra'"],
  [["--faults", "none.json"], "intune-emulator: --faults none.json cannot be used: ENOENT"],
])("%j: exit 2 and one line", async (args, text) => {
  const { code, line } = await refusal(...args);
  expect(code).toBe(2);
  expect(line.startsWith(text)).toBe(true);
});

test("a taken port: exit 1, one line, and no data folder is made", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const data = join(folder, "data");
  expect(await refusal("--port", String(port), "--data", data)).toEqual({
    code: 1,
    line: `intune-emulator: port ${port} on 127.0.0.1 is taken: stop what uses it, or choose another with --port (0: any free one)`,
  });
  expect(readdirSync(folder)).toEqual([]);
  await new Promise((resolve) => server.close(resolve));
});

// Below a regular file nobody can write, not even root, so the test needs no read-only mount.
test("a data folder that cannot be made: exit 1, one line", async () => {
  const file = join(folder, "file");
  writeFileSync(file, "x");
  const { code, line } = await refusal("--data", join(file, "data"));
  expect(code).toBe(1);
  expect(line).toMatch(
    /^intune-emulator: data folder .*file\/data cannot be created \(ENOTDIR.*\): choose a folder you can write with --data$/,
  );
});

test("a data folder of a newer version: exit 1, one line, nothing written", async () => {
  writeFileSync(join(folder, "intune-emulator.json"), '{"formatVersion":99}');
  const { code, line } = await refusal("--data", folder);
  expect([code, line]).toEqual([
    1,
    expect.stringMatching(/newer version of the emulator \(format 99, this one knows 2\): upgrade intune-emulator/),
  ]);
  expect(readdirSync(folder)).toEqual(["intune-emulator.json"]);
});

test.each([
  [["--clock", "noon"], "clock: the start must be a date"],
  [["--seed-data", "none.csv"], "seed none.csv cannot be used: ENOENT"],
])("%j: exit 1 and one line", async (args, text) => {
  const { code, line } = await refusal(...args);
  expect([code, line]).toEqual([1, expect.stringContaining(text)]);
});

test("two emulators on one data folder: the second gives way, the first goes on", async () => {
  const first = await startProcess("--data", folder);
  expect(await refusal("--data", folder)).toEqual({
    code: 1,
    line: `intune-emulator: data folder ${folder} is in use by another emulator: stop that one, or choose another folder with --data`,
  });
  const client = await GraphClient.of(first);
  await createPolicy(client);
  expect((await client.call("GET", POLICIES)).body).toMatchObject({ "@odata.count": 1 });
  await client.close();
  first.child.kill("SIGTERM");
  expect((await first.ended).code).toBe(0);
});
