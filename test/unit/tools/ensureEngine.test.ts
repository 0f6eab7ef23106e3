import { cpSync, appendFileSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createLab, ENGINE_SOURCES, isAlive, until } from "./engineLab";

const isFinished = (name: string) => /^engine-v3\.\d+\.\d+-[0-9a-f]{12}$/.test(name);

describe("ensureEngine", () => {
  let lab: ReturnType<typeof createLab>;

  beforeEach(() => {
    lab = createLab();
  });
  afterEach(() => {
    for (const { pid } of lab.builds()) if (isAlive(pid)) process.kill(pid, "SIGKILL");
    lab.dispose();
  });

  it("prefers a pulumi on PATH that is new enough, and builds nothing", async () => {
    lab.putPulumi("v3.248.0");
    lab.putGo();
    const { answer } = await lab.ask().ended;
    expect(answer).toMatchObject({ source: "path", version: "3.248.0", binDir: lab.bin });
    expect(lab.builds()).toEqual([]);
  });

  it("finds the helpers beside the file that a package manager's link leads to", async () => {
    const cellar = path.join(lab.root, "cellar");
    mkdirSync(cellar);
    lab.script(path.join(cellar, "pulumi"), 'console.log("v3.300.1");');
    for (const helper of ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"]) {
      lab.script(path.join(cellar, helper), "");
    }
    symlinkSync(path.join(cellar, "pulumi"), path.join(lab.bin, "pulumi"));
    expect((await lab.ask().ended).answer).toMatchObject({ source: "path", version: "3.300.1" });
  });

  it.each([
    ["it is older", "v3.247.9", undefined, "it is 3.247.9, and 3.248.0 or newer is needed"],
    ["it names no version", "", undefined, "`pulumi version` names no version"],
    [
      "the language host is missing",
      "v3.260.0",
      ["pulumi-resource-pulumi-nodejs"],
      "pulumi-language-nodejs is neither beside it nor on PATH",
    ],
    [
      "the script that starts dynamic providers is missing",
      "v3.260.0",
      ["pulumi-language-nodejs"],
      "pulumi-resource-pulumi-nodejs is neither beside it nor on PATH",
    ],
  ])("passes over a pulumi on PATH when %s, says why, and builds", async (_when, version, helpers, reason) => {
    lab.putPulumi(version, helpers);
    lab.putGo();
    const { answer, stderr } = await lab.ask().ended;
    expect(stderr).toContain(`passing over ${path.join(lab.bin, "pulumi")}: ${reason}`);
    expect(answer?.source).toBe("built");
    expect(answer?.path.split(path.delimiter)[0]).toBe(answer?.binDir);
  });

  it("builds once, says beforehand how long it takes, and finds the build again", async () => {
    lab.putGo();
    const first = await lab.ask().ended;
    const second = await lab.ask().ended;
    expect(first.answer).toMatchObject({ source: "built", version: "3.259.0" });
    expect(first.stderr).toContain("this happens once and takes about 4 to 6 minutes");
    expect(second.answer).toMatchObject({ source: "cache", version: "3.259.0", binDir: first.answer?.binDir });
    expect(lab.builds()).toHaveLength(1);
    expect(lab.engines().filter((name) => !isFinished(name))).toEqual([]);
  });

  it("builds both commands with a fixed environment, whatever the user's Go settings are", async () => {
    lab.putGo();
    Object.assign(lab.env, { GOFLAGS: "-mod=vendor", GOOS: "plan9", GOWORK: "/a/go.work", GOPROXY: "direct" });
    await lab.ask().ended;
    const [build] = lab.builds();
    expect(build?.args.slice(-2)).toEqual(["github.com/pulumi/pulumi/pkg/v3/cmd/pulumi", "./pulumi-language-nodejs"]);
    expect(build?.env).toMatchObject({
      GOFLAGS: "-mod=readonly -buildvcs=false",
      GO111MODULE: "on",
      GOWORK: "off",
      CGO_ENABLED: "0",
      GOOS: "hostos",
      GOARCH: "hostarch",
      GOPROXY: "direct",
    });
  });

  it("builds again when the language host's source has changed", async () => {
    lab.putGo();
    await lab.ask().ended;
    const sources = path.join(lab.root, "sources");
    cpSync(ENGINE_SOURCES, sources, { recursive: true });
    expect((await lab.ask(sources).ended).answer?.source).toBe("cache");
    appendFileSync(path.join(sources, "pulumi-language-nodejs", "main.go"), "// changed\n");
    expect((await lab.ask(sources).ended).answer?.source).toBe("built");
  });

  it("builds again when the cached build no longer answers", async () => {
    lab.putGo();
    const { answer } = await lab.ask().ended;
    writeFileSync(path.join(answer?.binDir ?? "", "pulumi"), "damaged");
    expect((await lab.ask().ended).answer?.source).toBe("built");
    rmSync(path.join(answer?.binDir ?? "", "pulumi-language-nodejs"));
    expect((await lab.ask().ended).answer?.source).toBe("built");
    expect((await lab.ask().ended).answer?.source).toBe("cache");
  });

  it("two at once wait for one build, and the waiter says for whom", async () => {
    lab.putGo({ holds: true });
    const first = lab.ask();
    await until(() => lab.builds().length === 1);
    const second = lab.ask();
    await until(() => second.stderr().includes(`waiting for process ${first.pid}`));
    lab.release();
    expect((await first.ended).answer?.source).toBe("built");
    expect((await second.ended).answer?.source).toBe("cache");
    expect(lab.builds()).toHaveLength(1);
  });

  it("Ctrl-C during the build ends go, leaves nothing behind, and the next call builds", async () => {
    lab.putGo({ holds: true });
    const interrupted = lab.ask();
    await until(() => lab.builds().length === 1);
    interrupted.signal("SIGINT");
    expect((await interrupted.ended).signal).toBe("SIGINT");
    await until(() => !isAlive(lab.builds()[0]?.pid ?? 0));
    expect(lab.engines()).toEqual([]);

    lab.release();
    expect((await lab.ask().ended).answer?.source).toBe("built");
  });

  it("a killed build leaves nothing at the final place; the next call clears up and builds without waiting", async () => {
    lab.putGo({ holds: true });
    const killed = lab.ask();
    await until(() => lab.builds().length === 1);
    killed.signal("SIGKILL");
    await killed.ended;
    expect(lab.engines().filter(isFinished)).toEqual([]);
    expect(lab.engines().map((name) => name.split(".").pop()?.split("-")[0])).toEqual(["building", "lock"]);
    process.kill(lab.builds()[0]?.pid ?? 0, "SIGKILL");

    lab.release();
    const next = await lab.ask().ended;
    expect(next.answer?.source).toBe("built");
    expect(next.stderr).not.toContain("waiting");
    expect(lab.engines().filter((name) => !isFinished(name))).toEqual([]);
  });

  it("a failed build shows Go's last lines and one line of what to do, and leaves nothing", async () => {
    const noise = Array.from({ length: 30 }, (_, index) => `line ${index}`).join("\n");
    lab.putGo({ fails: `${noise}\ngo: example.test/module@v1: dial tcp: lookup proxy.example.test: no such host` });
    const { code, stderr } = await lab.ask().ended;
    expect(code).toBe(1);
    expect(stderr).not.toContain("line 15\n");
    expect(stderr).toContain("line 16\n");
    expect(stderr).toMatch(/no such host\nBuilding the Pulumi CLI failed .*check GOPROXY and the network.*\n$/);
    expect(lab.engines()).toEqual([]);
  });

  it.each([
    ["there is neither Pulumi nor Go", undefined, "Go is not on PATH"],
    ["Go is too old to fetch a newer one", { version: "go1.20.14", toolchain: "auto" }, "the Go on PATH is go1.20.14"],
    ["Go may not fetch a newer one", { version: "go1.24.0", toolchain: "local" }, "the Go on PATH is go1.24.0"],
  ])("says in one line what to install when %s", async (_when, go, reason) => {
    if (go) lab.putGo(go);
    const { code, stderr } = await lab.ask().ended;
    expect(code).toBe(1);
    expect(stderr).toBe(
      "No Pulumi CLI: install Pulumi 3.248.0 or newer (https://www.pulumi.com/docs/install/), " +
        `or Go 1.25.11 or newer to have it built here; ${reason}.\n`,
    );
  });

  it("builds with an older Go that may fetch the newer one", async () => {
    lab.putGo({ version: "go1.21.0", toolchain: "auto" });
    expect((await lab.ask().ended).answer?.source).toBe("built");
  });

  it("says which variable to set when the cache folder cannot be written", async () => {
    lab.putGo();
    writeFileSync(lab.cache, "a file where the folder should be");
    const { code, stderr } = await lab.ask().ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Cannot write the cache folder .*cache dir.*: set XDG_CACHE_HOME to a folder .*\n$/);
    expect(lab.builds()).toEqual([]);
  });
});
