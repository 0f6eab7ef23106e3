import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  engineConfig,
  judgeResource,
  judgeStack,
  secret,
  startAnalyzer,
  UNKNOWN,
  urnOf,
  type Analyzer,
  type ResourceDescription,
} from "pulumi-intune-policies/testing";
import { mirror, mirrorStack } from "./fixtures/mirrorPack/policies.js";

const PACK = path.join(__dirname, "fixtures/mirrorPack");
const ROOT = path.resolve(__dirname, "../..");
const STACK = { organization: "acme", project: "shop", stack: "prod" };
const stackTags = { team: "fixtures" };

const root = { type: "pulumi:pulumi:Stack", name: "shop-prod", props: {} };
const rootUrn = urnOf(root, STACK);
const group: ResourceDescription = { type: "acme:index:Group", name: "group", props: {}, opts: { parent: rootUrn } };
const provider = { type: "pulumi:providers:acme", name: "default", urn: "urn:provider", props: { region: "north" } };
const full: ResourceDescription = {
  type: "acme:index:Row",
  name: "full",
  props: {
    text: "Some",
    hidden: secret("clear"),
    open: UNKNOWN,
    deep: { list: [secret(1), null, true] },
    __internal: 1,
  },
  opts: {
    parent: urnOf(group, STACK),
    protect: true,
    ignoreChanges: ["text"],
    aliases: ["urn:old"],
    deleteBeforeReplace: false,
    customTimeouts: { createSeconds: 1, updateSeconds: 2, deleteSeconds: 3 },
    additionalSecretOutputs: ["hidden"],
  },
  provider,
  dependencies: ["group"],
  propertyDependencies: { text: ["group"], deep: [] },
};
const resources = [root, group, full, { type: "acme:index:Loose", name: "loose", props: { text: [1] } }];

/** A mirror's message without its policy's description: what the policy was given. */
const seen = (message = "") => JSON.parse(message.split("\n")[1] ?? "") as unknown;

describe("the test kit against the real analyzer", () => {
  let analyzer: Analyzer;
  beforeAll(async () => {
    analyzer = await startAnalyzer(PACK, { ...STACK, stackTags });
  });
  beforeEach(async () => analyzer.configure(engineConfig(await analyzer.info(), { mirror: { list: [7] } })));
  afterAll(() => analyzer.stop());

  const settings = { ...STACK, stackTags, config: { list: [7] } };
  const reported = async (resource: ResourceDescription) =>
    (await analyzer.analyze(resource)).diagnostics.map(({ message }) => message);
  const judged = async (resource: ResourceDescription) =>
    (await judgeResource(mirror, resource, settings)).violations.map(
      ({ message }) => `${mirror.description}\n${message}`,
    );

  it.each(resources)("gives a resource policy what the analyzer gives it: $name", async (resource) => {
    const [message, ...others] = await reported(resource);
    expect({ seen: seen(message), others }).toEqual({ seen: seen((await judged(resource))[0]), others: [] });
  });

  it("gives unknown values, secrets, types and defaults as they are in a run", async () => {
    const [message = ""] = await judged(full);
    expect(seen(message)).toMatchObject({
      urn: "urn:pulumi:prod::shop::acme:index:Group$acme:index:Row::full",
      keys: ["deep", "hidden", "open", "text"],
      hidden: "clear",
      open: "unknown: string value at .open can't be known during preview",
      internal: "absent",
      isRow: true,
      isLoose: false,
      row: true,
      config: { limit: 3, list: [7] },
      tags: [["team", "fixtures"]],
      provider,
    });
  });

  it("says that a policy has nothing to do with a resource, or could not run", async () => {
    const other = { type: "acme:index:Other", props: {} };
    expect(await judgeResource(mirror, other)).toEqual({ violations: [], notApplicable: "not for others" });
    // "fixer" has no validation at all.
    expect((await analyzer.analyze(other)).notApplicable).toEqual(["mirror", "fixer"]);

    const reads = { ...full, name: "reads" };
    const { unknown = "" } = await judgeResource(mirror, reads, settings);
    expect(unknown).toBe("string value at .open can't be known during preview");
    const { diagnostics } = await analyzer.analyze(reads);
    expect(diagnostics.at(-1)).toMatchObject({
      level: "advisory",
      message: expect.stringContaining(unknown) as string,
    });
  });

  it("keeps the level and severity that a finding has of its own", async () => {
    const object = { ...full, name: "object" };
    const own = { enforcementLevel: "mandatory", severity: "critical" };
    expect((await judgeResource(mirror, object)).violations[1]).toEqual({ message: "own words", ...own });
    expect((await analyzer.analyze(object)).diagnostics[1]).toMatchObject({
      message: "own words",
      level: "mandatory",
      severity: "critical",
    });
  });

  it("gives a stack policy what the analyzer gives it, parents and dependencies resolved", async () => {
    const { diagnostics } = await analyzer.analyzeStack(resources);
    const { violations } = await judgeStack(mirrorStack, resources, { ...STACK, stackTags, config: { extra: true } });
    expect(diagnostics.map(({ urn, message }) => ({ urn, seen: seen(message) }))).toEqual(
      violations.map(({ urn, message }) => ({ urn, seen: JSON.parse(message) as unknown })),
    );
    expect(JSON.parse(violations[2]?.message ?? "")).toMatchObject({
      parent: "group",
      dependencies: ["group"],
      names: expect.arrayContaining([
        ["text", ["group"]],
        ["deep", []],
      ]) as unknown,
    });
    // The pack's own program said so, and the engine would obey.
    expect(new Set(diagnostics.map(({ level }) => level))).toEqual(new Set(["mandatory"]));
  });

  it("refuses a dependency that is no resource of the stack", async () => {
    const lost = { type: "acme:index:Row", props: {}, dependencies: ["nobody"] };
    await expect(judgeStack(mirrorStack, [lost])).rejects.toThrow('"nobody" is neither a URN nor a resource');
  });

  it("remediates in the real process, keeping secrets, unknown values and internal keys", async () => {
    expect(await analyzer.remediate(full)).toEqual([
      { policy: "fixer", diagnostic: "", props: { ...full.props, text: "some" } },
    ]);
    expect(await analyzer.remediate(group)).toEqual([]);
  });

  it("lists what the pack holds", async () => {
    expect(await analyzer.info()).toMatchObject({
      name: "mirror-pack",
      version: "0.0.1",
      policies: [
        { name: "mirror", kind: "resource", level: "advisory", severity: "low" },
        { name: "mirror-stack", kind: "stack", level: "advisory" },
        { name: "fixer", kind: "resource", level: "remediate" },
      ],
      initialConfig: { "mirror-stack": { level: "mandatory", options: { extra: true } } },
    });
  });
});

describe("from a folder outside this repository", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "outside-"));
    cpSync(PACK, path.join(folder, "pack"), { recursive: true });
    symlinkSync(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"), "junction");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("plain JavaScript tests a pack of its own by the package's name", () => {
    writeFileSync(
      path.join(folder, "pack.test.cjs"),
      `const { startAnalyzer, engineConfig, UNKNOWN } = require("pulumi-intune-policies/testing");
       (async () => {
         const analyzer = await startAnalyzer("pack");
         await analyzer.configure(engineConfig(await analyzer.info(), { all: "mandatory" }));
         const { diagnostics } = await analyzer.analyze({ type: "acme:index:Row", props: { open: UNKNOWN } });
         await analyzer.stop();
         console.log(diagnostics.map(({ policy, level }) => policy + " " + level).join());
       })();`,
    );
    const { stdout, stderr } = spawnSync(process.execPath, ["pack.test.cjs"], { cwd: folder, encoding: "utf8" });
    expect({ stdout, stderr }).toEqual({ stdout: "mirror mandatory\n", stderr: "" });
  });

  it("a pack that does not start is told with what it printed", async () => {
    writeFileSync(path.join(folder, "pack/index.js"), 'console.error("no policies today"); process.exit(3);');
    await expect(startAnalyzer(path.join(folder, "pack"))).rejects.toThrow(
      /^the policy pack in .*pack ended with 3: no policies today/,
    );
    writeFileSync(path.join(folder, "pack/index.js"), 'console.log("hello"); setInterval(() => {}, 1000);');
    await expect(startAnalyzer(path.join(folder, "pack"))).rejects.toThrow("the first line is no port: hello");
  });
});
