import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DOCUMENTED_EXAMPLE } from "../support/example";
import { describeEngine } from "../support/pulumiProject";

const ROOT = path.resolve(__dirname, "../..");

/** What `npm start` runs, with a state folder of its own. */
function start(...args: string[]): Promise<{ exitCode: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(ROOT, "tools/start.js"), ...args], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => (output += data.toString()));
    child.once("error", reject);
    child.once("close", (exitCode) => {
      resolve({ exitCode, output });
    });
  });
}

const emulatorOf = (output: string): string => /^Emulator: (http:\S+)/m.exec(output)?.[1] ?? "";

describeEngine("npm start", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "intune-start-"));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test("makes the fixtures, prints them as a plain HTTP client reads them, and stops everything; again, nothing changes", async () => {
    const first = await start("--state", folder);
    expect(first.exitCode).toBe(0);
    expect(first.output).toMatch(/^Engine: Pulumi v3\./m);
    expect(first.output).toContain("intune-compliance-fixtures@v");
    expect(first.output).toContain("The fixtures were created or changed.");
    const printed = JSON.parse(
      first.output.slice(first.output.indexOf("\n{"), first.output.lastIndexOf("\n}") + 2),
    ) as Record<string, unknown>;
    expect(printed).toMatchObject(DOCUMENTED_EXAMPLE);
    await expect(fetch(`${emulatorOf(first.output)}/healthz`)).rejects.toThrow("fetch failed");

    const second = await start("--state", folder);
    expect(second.exitCode).toBe(0);
    expect(second.output).toContain("No changes: the fixtures were there already.");
    expect(second.output).toContain(`"id": "${String(printed["id"])}"`);
  });

  test("a state folder that cannot be is one line that says what to do", async () => {
    const file = path.join(folder, "file");
    writeFileSync(file, "");
    const { exitCode, output } = await start("--state", path.join(file, "below"));
    expect(exitCode).toBe(1);
    expect(output).toMatch(
      /^The state folder .* cannot be written \(.*\): make it writable, remove it, or choose another with npm start -- --state <folder>\.\n$/,
    );
  });
});
