import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { engineConfig, startAnalyzer, type Analyzer } from "pulumi-intune-policies/testing";
import { type Figure, type Group, median } from "./bench";
import { createStack } from "./stack";
import { startTenant } from "./tenant";

const ROOT = path.resolve(__dirname, "..", "..");
const PACK = path.join(ROOT, "policypack");
const EMPTY_PACK = path.join(ROOT, "bench", "programs", "emptyPack");
const COUNT = 1000;
const BOOTS = 5;
const PREVIEWS = 3;
const TYPE = "pulumi-nodejs:dynamic/intune:DeviceComplianceDeviceStatus";

/** The pack's own cost: its start, a resource under all rules, and a preview of 1000 resources beside one with an empty pack. */
export const pack: Group = {
  name: "pack",
  async measure(say) {
    const source = typescriptPack();
    try {
      const [built, compiled] = await boots([PACK, source], say);
      return [
        { name: "pack-boot-s", value: Number((built / 1000).toFixed(2)) },
        { name: "pack-boot-vs-typescript-at-start", value: Number((built / compiled).toFixed(3)) },
        await perResource(say),
        await previews(say),
      ];
    } finally {
      rmSync(source, { recursive: true, force: true });
    }
  },
};

/** The same pack as its TypeScript sources, which Pulumi then compiles at every start. In the tree, so that its imports resolve. */
function typescriptPack(): string {
  mkdirSync(path.join(ROOT, ".local"), { recursive: true });
  const folder = mkdtempSync(path.join(ROOT, ".local", "pack-source-"));
  cpSync(path.join(PACK, "src"), path.join(folder, "src"), { recursive: true });
  const json = (name: string, value: unknown): void => {
    writeFileSync(path.join(folder, name), JSON.stringify(value));
  };
  json("package.json", { name: "pack-source", version: "0.1.0", main: "src/index.ts" });
  json("tsconfig.json", {
    compilerOptions: {
      target: "ES2022",
      module: "node16",
      moduleResolution: "node16",
      strict: true,
      skipLibCheck: true,
    },
  });
  writeFileSync(path.join(folder, "PulumiPolicy.yaml"), "runtime: nodejs\n");
  return folder;
}

async function boots(folders: readonly [string, string], say: (line: string) => void): Promise<[number, number]> {
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < BOOTS; round++) {
    for (const [index, folder] of folders.entries()) {
      // ts-node keeps what it compiled in the folder for temporary files: a new one each time, as a pipeline has it.
      const temporary = mkdtempSync(path.join(tmpdir(), "pack-boot-"));
      const analyzer = await startAnalyzer(folder, { env: { TMPDIR: temporary } });
      times[index]?.push(analyzer.bootMs);
      await analyzer.stop();
      rmSync(temporary, { recursive: true, force: true });
    }
  }
  const [built, compiled] = [median(times[0]), median(times[1])];
  say(`start of the pack: ${built.toFixed(0)} ms built, ${compiled.toFixed(0)} ms as TypeScript`);
  return [built, compiled];
}

async function perResource(say: (line: string) => void): Promise<Figure> {
  const analyzer = await startAnalyzer(PACK);
  try {
    await configureAll(analyzer);
    for (let index = 0; index < 50; index++) await analyzer.analyze(row(`warm-${String(index)}`));
    const started = performance.now();
    for (let index = 0; index < COUNT; index++) await analyzer.analyze(row(`row-${String(index)}`));
    const ms = (performance.now() - started) / COUNT;
    say(`one resource under all rules: ${ms.toFixed(2)} ms`);
    return { name: "pack-ms-per-resource", value: Number(ms.toFixed(2)) };
  } finally {
    await analyzer.stop();
  }
}

/** Every rule on, as mandatory: none is left out because its profile turns it off. */
async function configureAll(analyzer: Analyzer): Promise<void> {
  const { policies } = await analyzer.info();
  await analyzer.configure(
    engineConfig({ policies }, { all: "mandatory", "fixture-budget": { maxPerStack: COUNT * 2 } }),
  );
}

function row(name: string) {
  return {
    type: TYPE,
    name,
    props: {
      deviceCompliancePolicyId: "7f1b2d3c-0000-4000-8000-000000000001",
      deviceDisplayName: `FIXTURE-${name}`,
      platform: 0,
      status: "compliant",
      lastReportedDateTime: "2026-01-02T03:04:05Z",
      complianceGracePeriodExpirationDateTime: "9999-12-31T23:59:59.9999999Z",
    },
  };
}

async function previews(say: (line: string) => void): Promise<Figure> {
  const tenant = await startTenant();
  const config = { deviceCompliancePolicyId: tenant.deviceCompliancePolicyId, count: String(COUNT) };
  const stack = await createStack({ program: "ours", env: tenant.env, config });
  try {
    const ratios: number[] = [];
    for (let round = 0; round < PREVIEWS; round++) {
      const ours = await stack.preview(PACK);
      const empty = await stack.preview(EMPTY_PACK);
      say(`preview of ${String(COUNT)} resources: ${ours.toFixed(1)} s, ${empty.toFixed(1)} s with an empty pack`);
      ratios.push(ours / empty);
    }
    return { name: "pack-1000-vs-empty-pack", value: Number(median(ratios).toFixed(3)) };
  } finally {
    stack.dispose();
    await tenant.emulator.close();
  }
}
