import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

const INSTALL = path.resolve(__dirname, "../../../tools/install.js");
const INSTALLED = {
  provider: { version: "0.1.0" },
  "node_modules/provider": { link: true },
  "node_modules/a": { version: "1.0.0" },
};
const LOCKED = {
  "": { name: "root" },
  ...INSTALLED,
  "node_modules/only-elsewhere": { version: "1.0.0", optional: true },
};

describe("ensureInstalled", () => {
  let root: string;
  const npmLog = () => path.join(root, "npm.log");
  const write = (file: string, content: object) => {
    writeFileSync(path.join(root, file), JSON.stringify(content));
  };

  /** In a process of its own; `npm` is a fake, the edge that is mocked here. */
  const ensureInstalled = () => {
    const program = `require(${JSON.stringify(INSTALL)}).ensureInstalled(${JSON.stringify(root)})
      .catch((error) => { console.error(error.message); process.exit(1); })`;
    const env = { ...process.env, npm_execpath: path.join(root, "npm-cli.js") };
    const { status, stdout, stderr } = spawnSync(process.execPath, ["-e", program], { env, encoding: "utf8" });
    const npm = existsSync(npmLog()) ? readFileSync(npmLog(), "utf8").trim().split("\n") : [];
    return { status, stdout, stderr, npm };
  };
  const putNpm = (code: string) => {
    const log = `require("node:fs").appendFileSync(${JSON.stringify(npmLog())}, process.argv.slice(2).join(" ") + "\\n");`;
    writeFileSync(path.join(root, "npm-cli.js"), log + code);
  };

  beforeEach(() => {
    root = mkdtempSync(path.join(os.tmpdir(), "install "));
    mkdirSync(path.join(root, "node_modules"));
    write("package.json", { engines: { node: ">=20.19.0" } });
    write("package-lock.json", { packages: LOCKED });
    const content = JSON.stringify(JSON.stringify({ packages: INSTALLED }));
    putNpm(`console.log("from npm"); require("node:fs").writeFileSync("node_modules/.package-lock.json", ${content});`);
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  it.each([
    ["nothing is installed", undefined],
    ["a package has another version", { ...INSTALLED, "node_modules/a": { version: "0.9.0" } }],
    ["a package is missing", { "node_modules/provider": { link: true } }],
    ["a package is there that the lockfile does not know", { ...INSTALLED, "node_modules/b": { version: "1.0.0" } }],
    ["a workspace is a copy instead of a link", { ...INSTALLED, "node_modules/provider": { version: "0.1.0" } }],
  ])("runs npm ci, once, when %s; stdout stays empty", (_when, packages) => {
    if (packages) write("node_modules/.package-lock.json", { packages });
    const first = ensureInstalled();
    const second = ensureInstalled();
    expect(first.status).toBe(0);
    expect(first.stdout).toBe("");
    expect(first.stderr).toContain("npm ci");
    expect(second.stderr).toBe("");
    expect(second.npm).toEqual(["ci --include=dev --no-audit --no-fund"]);
  });

  it("does nothing when all but the packages of other platforms is there, whatever the file times", () => {
    write("node_modules/.package-lock.json", { packages: INSTALLED });
    write("package-lock.json", { packages: LOCKED });
    expect(ensureInstalled()).toEqual({ status: 0, stdout: "", stderr: "", npm: [] });
  });

  it("says in one line what to do when npm fails", () => {
    putNpm("process.exit(7);");
    const { status, stderr } = ensureInstalled();
    expect(status).toBe(1);
    expect(stderr).toContain("npm ci failed (exit code 7, its message is above): check the network");
  });

  it("fails when npm claims success and has not installed what is locked", () => {
    putNpm("");
    const { status, stderr } = ensureInstalled();
    expect(status).toBe(1);
    expect(stderr).toContain("node_modules is not what package-lock.json says");
  });

  it("asks for a newer Node before anything else", () => {
    write("package.json", { engines: { node: ">=99.1.0" } });
    const { status, stderr, npm } = ensureInstalled();
    expect(status).toBe(1);
    expect(stderr).toMatch(/^Node >=99\.1\.0 is needed, and this is \d+\.\d+\.\d+ \(.*\): https:\/\/nodejs\.org/);
    expect(npm).toEqual([]);
  });
});
