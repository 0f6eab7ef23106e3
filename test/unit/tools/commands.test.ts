import { spawn, spawnSync } from "node:child_process";
import path from "node:path";
import { forbiddenTexts, longFiles } from "../../../tools/check/repositoryFiles.js";
import { createProgress } from "../../../tools/progress.js";
import { isAtLeast } from "../../../tools/version.js";

const TOOLS = path.resolve(__dirname, "../../../tools");

describe("check", () => {
  // Put together here, so that this file itself passes the check.
  const folder = (...names: string[]) => ["", ...names, "x"].join("/");
  it.each([
    [`see ${folder("work", "main")}`, "a path of one machine"],
    [`cwd: "${folder("home", "jane")}"`, "a path of one machine"],
    [`${folder("Users", "jane")} is mine`, "a path of one machine"],
    [`"resolved": ${JSON.stringify("https://example.test/a.tgz")}`, "a registry address in a lockfile"],
    [`GOPROXY=https://${["proxy", "golang", "org"].join(".")}`, "the name of a package registry or proxy"],
    [`from ${["registry", "npmjs", "org"].join(".")}`, "the name of a package registry or proxy"],
  ])("finds %j", (text, why) => {
    expect(forbiddenTexts([{ name: "a.md", text: `fine\n${text}\n` }])).toEqual([`a.md:2: ${why}`]);
  });

  it.each([
    "https://example.test/work/item",
    '"resolved": "provider",',
    "provider/root/index.ts",
    "GET /users/{id}/home",
  ])("lets %j pass", (text) => {
    expect(forbiddenTexts([{ name: "a.md", text }])).toEqual([]);
  });

  it("names source files of more than 250 lines, and no others", () => {
    const lines = (count: number) => "line\n".repeat(count);
    const files = [
      { name: "just.ts", text: lines(250) },
      { name: "long.go", text: lines(251) },
      { name: "long.md", text: lines(999) },
    ];
    expect(longFiles(files)).toEqual(["long.go: 251 lines, and 250 are allowed"]);
  });
});

describe("isAtLeast", () => {
  it.each([
    ["v3.259.0", "3.248.0", true],
    ["3.248.0", "3.248.0", true],
    ["3.247.99", "3.248.0", false],
    ["4.0.0", "3.248.0", true],
    ["go1.26", "1.25.11", true],
    ["go1.25.9", "1.25.11", false],
    ["devel", "1.25.11", false],
    ["20.19.0", ">=20.19.0", true],
  ])("%s against %s is %s", (version, minimum, expected) => {
    expect(isAtLeast(version, minimum)).toBe(expected);
  });
});

describe("createProgress", () => {
  const record = (isTTY: boolean, isCi: boolean, seconds: number[]) => {
    const written: string[] = [];
    let time = 0;
    const progress = createProgress({ isTTY, write: (text) => written.push(text) }, { now: () => time * 1000, isCi });
    for (const second of seconds) {
      time = second;
      progress.status(`${second} s`);
    }
    progress.line("done");
    return written.join("");
  };

  it("rewrites one line on a terminal", () => {
    expect(record(true, false, [1, 2])).toBe("\r\x1b[K1 s\r\x1b[K2 s\r\x1b[Kdone\n");
  });
  it.each([
    ["in CI", true, true],
    ["without a terminal", false, false],
  ])("writes a plain line every ten seconds %s", (_where, isTTY, isCi) => {
    expect(record(isTTY, isCi, [1, 9, 10, 11, 19, 21])).toBe("10 s\n21 s\ndone\n");
  });
});

describe("run", () => {
  const program = (body: string) =>
    `const { run, runMain } = require(${JSON.stringify(path.join(TOOLS, "run.js"))});
     runMain(() => run(process.execPath, ["-e", ${JSON.stringify(body)}]));`;

  it("ends with the exit code of the command", () => {
    expect(spawnSync(process.execPath, ["-e", program("process.exit(7)")]).status).toBe(7);
  });

  it("passes a signal on, waits for the command's own end, and counts a death by signal as shells do", async () => {
    const body = `process.once("SIGTERM", () => { console.log("told"); process.kill(process.pid, "SIGKILL"); });
      setInterval(() => {}, 1000); console.log("ready");`;
    const child = spawn(process.execPath, ["-e", program(body)], { stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.on("data", (data: Buffer) => {
      output += data.toString();
      if (output === "ready\n") child.kill("SIGTERM");
    });
    const code = await new Promise((resolve) => child.once("close", resolve));
    expect(output).toBe("ready\ntold\n");
    expect(code).toBe(128 + 9);
  });

  it("a failure that was foreseen is one line and exit code 1", () => {
    const body = `require(${JSON.stringify(path.join(TOOLS, "run.js"))}).runMain(() => Promise.reject(new Error("no luck")));`;
    const { status, stderr } = spawnSync(process.execPath, ["-e", body], { encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 1, stderr: "no luck\n" });
  });
});
