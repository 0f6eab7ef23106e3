import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { promisify } from "node:util";
import { PACK } from "../support/policyFixtures";

const PREAMBLE = `
  const pack = ${JSON.stringify(PACK)};
  const from = require("node:module").createRequire(pack + "/package.json");
  const isLoaded = (name) =>
    Object.keys(require.cache).some((file) => file.includes(${JSON.stringify(`node_modules${sep}`)} + name + ${JSON.stringify(sep)}));
  const print = (value) => process.stderr.write(JSON.stringify(value), () => process.exit(0));
`;

/** What a script prints that runs in a Node.js process of its own. */
async function printed(script: string, cwd = PACK): Promise<unknown> {
  const { stderr } = await promisify(execFile)(process.execPath, ["-e", PREAMBLE + script], { cwd });
  return JSON.parse(stderr);
}

describe("what the pack loads at its start", () => {
  it("is the SDK without what serves to serialize functions and to start the CLI", async () => {
    const loaded = `["@pulumi/policy", "pacote", "sigstore", "validate-npm-package-license", "cross-spawn"].map(isLoaded)`;
    expect(await printed(`require(pack + "/dist/index.js"); print(${loaded});`)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
    // Without the pack's doing the SDK does load them: where it no longer does, leanStart.ts has had its day.
    expect(await printed(`from("@pulumi/policy"); print(${loaded});`)).toEqual([true, true, true, true, true]);
  });

  it("is left to the SDK where the package is loaded already, or is none", async () => {
    expect(
      await printed(`const { deferPackage } = require(pack + "/dist/deferPackage.js");
        from("semver");
        print([deferPackage("semver", pack + "/package.json"), deferPackage("no-such-package", pack + "/package.json")]);`),
    ).toEqual([false, false]);
  });

  describe("when a function is serialized after all", () => {
    let folder: string;

    beforeEach(() => {
      folder = realpathSync(mkdtempSync(join(tmpdir(), "trees-")));
      mkdirSync(join(folder, "node_modules", "one"), { recursive: true });
      writeFileSync(
        join(folder, "package.json"),
        JSON.stringify({ name: "program", version: "1.0.0", dependencies: { one: "1.0.0" } }),
      );
      writeFileSync(
        join(folder, "node_modules", "one", "package.json"),
        JSON.stringify({ name: "one", version: "1.0.0", main: "index.js" }),
      );
      writeFileSync(join(folder, "node_modules", "one", "index.js"), "");
    });
    afterEach(() => {
      rmSync(folder, { recursive: true, force: true });
    });

    it("the SDK reads the package tree as it does without the pack", async () => {
      const read = `from("@pulumi/pulumi").runtime.computeCodePaths({})
        .then((paths) => print({ paths: [...paths.keys()], loaded: isLoaded("pacote") }));`;
      const alone = await printed(read, folder);
      expect(alone).toEqual({ paths: [join("node_modules", "one")], loaded: true });
      expect(await printed(`require(pack + "/dist/leanStart.js"); ${read}`, folder)).toEqual(alone);
    });

    it("every other use of the package is the real one's", async () => {
      expect(
        await printed(
          `require(pack + "/dist/leanStart.js");
          const sdk = require("node:module").createRequire(from.resolve("@pulumi/pulumi"));
          const early = sdk("@npmcli/arborist");
          const before = [isLoaded("pacote"), early.__esModule, early.Arborist === early, Object.keys(early)];
          const tree = new early({ path: process.cwd() });
          class Own extends early {}
          const real = sdk("@npmcli/arborist");
          const normalize = sdk("normalize-package-data");
          const manifest = { name: " trimmed ", version: "v1.2.3" };
          const answer = normalize(manifest);
          const execa = require("node:module").createRequire(from.resolve("@pulumi/pulumi/automation"))("execa");
          const ran = execa.sync(process.execPath, ["-p", "6 * 7"]).stdout;
          print({
            ran,
            normalized: [manifest.name, manifest.version, answer ?? null, Object.keys(sdk("normalize-package-data"))],
            before: before.map((value) => value ?? null),
            after: [isLoaded("pacote"), real === early, tree instanceof real, tree instanceof early],
            own: [new Own({ path: "." }) instanceof Own, new Own({ path: "." }) instanceof real],
            node: early.Node === real.Node,
          });`,
          folder,
        ),
      ).toEqual({
        ran: "42",
        normalized: ["trimmed", "1.2.3", null, ["fixer"]],
        before: [false, null, true, ["Arborist"]],
        after: [true, false, true, true],
        own: [true, true],
        node: true,
      });
    });
  });
});
