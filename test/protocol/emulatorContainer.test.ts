import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { Agent, request } from "undici";
import { killAll, startProcess } from "../unit/emulator/support/emulatorProcess";

/**
 * No container engine runs where these tests run. So what the image would do is done here: the files it copies, the packages it installs,
 * the command it starts and its health check, each as the Containerfile has it.
 */
const ROOT = path.resolve(__dirname, "../..");
const LINES = readFileSync(path.join(ROOT, "emulator", "Containerfile"), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"));
const finalStage = LINES.slice(LINES.findLastIndex((line) => line.startsWith("FROM ")));

/** The arguments of the final stage's instruction, each time it stands there. */
const instructions = (name: string): string[] =>
  finalStage.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));
const execForm = (text: string | undefined): string[] => JSON.parse(text?.slice(text.indexOf("[")) ?? "[]") as string[];

const entrypoint = execForm(instructions("ENTRYPOINT")[0]);
const command = [...entrypoint, ...execForm(instructions("CMD")[0])];
const healthcheck = execForm(instructions("HEALTHCHECK")[0]);

afterEach(killAll);

test("bases are named without a host, and it does not run as root", () => {
  const bases = LINES.filter((line) => line.startsWith("FROM ")).map((line) => line.split(" ")[1]);
  expect(bases).toEqual(["node:22-slim", "node:22-slim"]);
  expect(instructions("USER")).toEqual(["node"]);
  expect(finalStage.findIndex((line) => line.startsWith("USER "))).toBeGreaterThan(
    finalStage.findLastIndex((line) => line.startsWith("RUN ")),
  );
});

test("what it copies exists, and is enough to install the emulator's own packages", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "intune-container-"));
  for (const copy of instructions("COPY")) {
    const [first = "", ...rest] = copy.split(" ");
    const isBuilt = first === "--from=build";
    const sources = isBuilt ? rest.slice(0, -1) : [first, ...rest.slice(0, -1)];
    const target = rest.at(-1) ?? "";
    for (const source of sources) {
      const file = path.join(ROOT, source.replace(/^\/build\//, ""));
      expect([source, existsSync(file)]).toEqual([source, true]);
      cpSync(file, path.join(folder, target, isBuilt ? "" : path.basename(file)), { recursive: true });
    }
  }
  expect(existsSync(path.join(folder, entrypoint[1] ?? ""))).toBe(true);
  const [install = ""] = instructions("RUN").filter((line) => line.startsWith("npm ci "));
  const { status, stdout } = spawnSync("npm", [...install.split(" ").slice(1), "--dry-run"], {
    cwd: folder,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  rmSync(folder, { recursive: true });
  const manifest = JSON.parse(readFileSync(path.join(ROOT, "emulator", "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  expect(status).toBe(0);
  for (const name of Object.keys(manifest.dependencies)) expect(stdout).toContain(`add ${name} `);
  expect(stdout).not.toContain("add typescript ");
});

test("its command starts the emulator on all addresses, http and https, and its health check finds it", async () => {
  const [node, bin, ...flags] = command;
  expect([node, bin]).toEqual(["node", "emulator/dist/intune-emulator.js"]);
  // Its own ports may be taken on this machine; of a flag given twice the later one counts.
  const emulator = await startProcess(...flags, "--port", "0", "--https-port", "0");
  const port = new URL(emulator.graphEndpoint).port;
  expect((await fetch(`http://127.0.0.2:${port}/healthz`)).status).toBe(200);
  const ca = String(emulator.readyLine["caCertificatePem"]);
  const agent = new Agent({ connect: { ca, servername: "localhost" } });
  const secure = String(emulator.readyLine["httpsGraphEndpoint"]).replace("127.0.0.1", "127.0.0.2");
  const answer = await request(`${secure}/healthz`, { dispatcher: agent });
  await answer.body.dump();
  expect(answer.statusCode).toBe(200);
  await agent.destroy();
  expect(checkHealth(port)).toBe(0);
  emulator.child.kill("SIGTERM");
  expect((await emulator.ended).code).toBe(0);
});

test("its health check fails where nothing listens, and asks the port that is started and exposed", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  expect(checkHealth(String(port))).toBe(1);
  const flag = (name: string): string => command[command.indexOf(name) + 1] ?? "";
  expect(instructions("EXPOSE")).toEqual([`${flag("--port")} ${flag("--https-port")}`]);
  expect(healthcheck.join(" ")).toContain(`http://127.0.0.1:${flag("--port")}/healthz`);
});

/** Runs the health check against another port than the image's. */
function checkHealth(port: string): number | null {
  const [, ...args] = healthcheck.map((part) => part.replace(":8787/", `:${port}/`));
  return spawnSync(process.execPath, args).status;
}
