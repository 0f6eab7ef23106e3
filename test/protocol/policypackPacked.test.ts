import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { engineConfig, startAnalyzer } from "pulumi-intune-policies/testing";
import { FIXTURE, ROOT_STACK, SOUND_FIXTURE, texts } from "../support/policyFixtures";

const ROOT = join(__dirname, "../..");
const INSTALL_TIMEOUT_MS = 300_000;

/** npm as a person runs it: outside of the repository's own npm environment. */
async function npm(cwd: string, ...args: string[]): Promise<string> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
  const shell = process.platform === "win32";
  return (await promisify(execFile)("npm", args, { cwd, env, shell })).stdout;
}

it(
  "the pack works from its packed tarball in a folder of its own, with profiles, schema and the provider's model",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "packed-"));
    try {
      const packed = await npm(
        ROOT,
        "pack",
        "--json",
        "--pack-destination",
        folder,
        "-w",
        "provider",
        "-w",
        "policypack",
      );
      const tarballs = (JSON.parse(packed) as { filename: string }[]).map(({ filename }) => `./${filename}`);
      expect(tarballs).toHaveLength(2);
      writeFileSync(
        join(folder, "package.json"),
        JSON.stringify({ name: "consumer", version: "1.0.0", private: true }),
      );
      await npm(folder, "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline", ...tarballs);
      const pack = join(folder, "node_modules/pulumi-intune-policies");
      const profile = JSON.parse(readFileSync(join(pack, "profiles/strict.json"), "utf8")) as Record<string, unknown>;
      expect(
        Object.keys(JSON.parse(readFileSync(join(pack, "policy-pack-config.schema.json"), "utf8")) as object),
      ).toContain("properties");
      const analyzer = await startAnalyzer(pack, { config: { "intune:tenantId": "fixtures.example" } });
      try {
        await analyzer.configure(engineConfig(await analyzer.info(), { ...profile, "status-enums": "mandatory" }));
        expect(
          texts((await analyzer.analyze({ type: ROOT_STACK, name: "project-dev", props: {} })).diagnostics),
        ).toEqual([
          expect.stringContaining('"status-enums" (string) is no policy of this pack. Did you mean "status-enum"?'),
        ]);
        expect((await analyzer.analyze({ type: FIXTURE, name: "fixture", props: SOUND_FIXTURE })).diagnostics).toEqual(
          [],
        );
        const { diagnostics } = await analyzer.analyze({
          type: FIXTURE,
          name: "fixture",
          props: { ...SOUND_FIXTURE, status: "noncompliant" },
        });
        expect(diagnostics.map(({ policy, level }) => [policy, level])).toEqual([["status-enum", "mandatory"]]);
        expect(analyzer.output()).toBe("");
      } finally {
        await analyzer.stop();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  INSTALL_TIMEOUT_MS,
);
