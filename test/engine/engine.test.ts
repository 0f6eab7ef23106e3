import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createProject, describeEngine, engine } from "../support/pulumiProject";
import type { PulumiProject } from "../support/pulumiProject";
import { testUnless } from "../support/testUnless";
import { PROVIDER_TEXT } from "./fixtures/notes/note.js";

const FIXTURES = path.join(__dirname, "fixtures");
const PACK = path.join(FIXTURES, "pack");
const NOTE = "pulumi-nodejs:dynamic/notes:Note";

interface Deployment {
  deployment: { resources?: { type: string; id?: string; inputs?: object; outputs?: object }[] };
}

describeEngine("the engine, with a provider and a pack that are not ours", () => {
  /** Where the fixture's provider keeps its notes: the outside world that the engine's claims are checked against. */
  let world: string;
  let project: PulumiProject;

  const notes = () => readdirSync(world).filter((name) => name.startsWith("note-"));
  const texts = () => notes().map((name) => readFileSync(path.join(world, name), "utf8"));
  const started = () => existsSync(path.join(world, "started"));
  const resources = async () => ((await project.state()) as Deployment).deployment.resources ?? [];
  const noteInState = async () => (await resources()).find(({ type }) => type === NOTE);
  const open = async (program: string, config = {}) => {
    project = await createProject({ program, config, env: { NOTES_FOLDER: world } });
  };

  beforeEach(() => {
    world = mkdtempSync(path.join(os.tmpdir(), "notes-"));
  });
  afterEach(async () => {
    await project.dispose();
    rmSync(world, { recursive: true });
  });

  it("says which version it is, and that version is the one that was looked up", async () => {
    await open(path.join(FIXTURES, "notes"));
    const { stdout } = await project.runOk(["version"]);
    expect(stdout.trim()).toBe(`v${engine().version}`);
  });

  it("previews, creates, finds nothing to do, updates, sees drift and destroys", async () => {
    await open(path.join(FIXTURES, "notes"), { "notes:text": "first" });

    const preview = await project.runOk(["preview"]);
    expect(preview.stdout).toContain("2 to create");
    expect(notes()).toEqual([]);
    const expected = await project.run(["preview", "--expect-no-changes"]);
    expect(expected.exitCode).not.toBe(0);
    expect(expected.all).toContain("no changes were expected");

    await project.runOk(["up", "--yes", "--skip-preview"]);
    expect(texts()).toEqual(["first"]);
    expect((await noteInState())?.id).toBe(notes()[0]);
    await project.runOk(["preview", "--expect-no-changes"]);

    await project.setConfig("notes:text", "second");
    const update = await project.runOk(["up", "--yes", "--skip-preview"]);
    expect(update.stdout).toContain("1 updated");
    expect(texts()).toEqual(["second"]);

    writeFileSync(path.join(world, notes()[0] ?? ""), "changed by hand");
    const refresh = await project.runOk(["refresh", "--yes", "--skip-preview"]);
    expect(refresh.stdout).toContain("1 updated");
    expect((await noteInState())?.outputs).toMatchObject({ text: "changed by hand" });

    await project.runOk(["destroy", "--yes", "--skip-preview"]);
    expect(notes()).toEqual([]);
    expect(await resources()).toEqual([]);
  });

  it("refuses a preview when the provider's check finds a fault, and names the property", async () => {
    await open(path.join(FIXTURES, "notes"), { "notes:text": "" });
    const { exitCode, all } = await project.run(["preview"]);
    expect(exitCode).not.toBe(0);
    expect(all).toContain("text must not be empty");
  });

  it("imports a resource from a file without touching it", async () => {
    await open(path.join(FIXTURES, "notes"));
    const bag = { __provider: PROVIDER_TEXT, text: "was there before", createMs: 0 };
    const file = path.join(world, "import.json");
    const outputs = { ...bag, file: "elsewhere" };
    writeFileSync(
      file,
      JSON.stringify({ resources: [{ type: NOTE, name: "note", id: "by-hand", inputs: bag, outputs }] }),
    );

    await project.runOk(["import", "--file", file, "--generate-code=false", "--protect=false", "--yes"]);

    expect(await noteInState()).toMatchObject({ id: "by-hand", inputs: bag, outputs });
    expect(notes()).toEqual([]);
    expect(started()).toBe(false);
  });

  it("runs a policy pack that lets a program pass", async () => {
    await open(path.join(FIXTURES, "notes"), { "notes:text": "allowed" });
    const { stdout } = await project.runOk(["up", "--yes", "--policy-pack", PACK]);
    expect(stdout).toContain("✅ notes-pack@v0.0.1");
    expect(texts()).toEqual(["allowed"]);
  });

  it("stops at preview when a policy pack refuses, with the pack's message, and creates nothing", async () => {
    await open(path.join(FIXTURES, "notes"), { "notes:text": "forbidden" });
    const { exitCode, stdout } = await project.run(["up", "--yes", "--policy-pack", PACK]);
    expect(exitCode).not.toBe(0);
    expect(stdout).toContain("❌ notes-pack@v0.0.1");
    expect(stdout).toContain(`[mandatory]  notes-text  (${NOTE}: note)`);
    expect(stdout).toContain('the word "forbidden" is not for notes');
    expect(notes()).toEqual([]);
  });

  it("on Ctrl-C lets the create in flight end, records it, fails, and leaves no process", async () => {
    await open(path.join(FIXTURES, "notes"), { "notes:createMs": "3000" });
    const { exitCode, all } = await project.run(["up", "--yes", "--skip-preview"], {
      signalAfter: { signal: "SIGINT", when: started },
    });
    expect(exitCode).not.toBe(0);
    expect(all).toContain("^C received; cancelling");
    expect(() => JSON.parse(project.rawStateText()) as unknown).not.toThrow();
    expect((await noteInState())?.id).toBe(notes()[0]);
    expect(project.processes()).toEqual([]);
  });

  const linuxOnly = testUnless(process.platform !== "linux" && "needs /proc");
  linuxOnly("a project that is disposed of in the middle of a create leaves neither process nor file", async () => {
    await open(path.join(FIXTURES, "notes"), { "notes:createMs": "600000" });
    const { exitCode } = await project.run(["up", "--yes", "--skip-preview"], {
      signalAfter: { signal: "SIGKILL", when: started },
    });
    expect(exitCode).toBeNull();
    const orphans = project.processes().map(({ command }) => command);
    expect(orphans).toContainEqual(expect.stringContaining("cmd/dynamic-provider"));
    await project.dispose();
    expect(project.processes()).toEqual([]);
    expect(existsSync(project.dir)).toBe(false);
  });

  it("a program that throws fails in seconds, with its message and its file", async () => {
    await open(path.join(FIXTURES, "throws"));
    // The limit is the point: see tools/engine/plainErrors.js.
    const { exitCode, all } = await project.run(["up", "--yes"], { timeoutMs: 15_000 });
    expect(exitCode).not.toBe(0);
    expect(all).toContain("this program gives up on purpose");
    expect(all).toMatch(/fixtures[/\\]throws[/\\]index\.js:2/);
  });

  it("a program with a syntax error fails, with the fault and its file", async () => {
    await open(path.join(FIXTURES, "throws"));
    // Written here, because no formatter or linter of the repository could read such a fixture.
    rmSync(path.join(project.dir, "program"));
    mkdirSync(path.join(project.dir, "program"));
    writeFileSync(path.join(project.dir, "program", "index.js"), "exports.note = {{;\n");
    const { exitCode, all } = await project.run(["preview"]);
    expect(exitCode).not.toBe(0);
    expect(all).toContain("SyntaxError");
    expect(all).toMatch(/program[/\\]index\.js:1/);
  });
});
