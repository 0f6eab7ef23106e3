import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { UNKNOWN } from "pulumi-intune-policies/testing";
import { readProject } from "../../../../policypack/src/check/project";
import { readStackConfig } from "../../../../policypack/src/check/stackConfig";

let folder: string;
const write = (name: string, text: string) => {
  writeFileSync(path.join(folder, name), text);
};

beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), "check-")));
  write("Pulumi.yaml", "name: rows\nruntime: nodejs\n");
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe("a stack's configuration", () => {
  it("is the project's, then the stack's, then the command line's", () => {
    write(
      "Pulumi.yaml",
      "name: rows\nruntime: nodejs\nconfig:\n  a: 1\n  b: {type: string, default: two}\n  c: {type: integer}\n  o:k: {value: x}\n",
    );
    write("Pulumi.dev.yaml", "config:\n  rows:b: 3\n  intune:tenantId: t\n  rows:list: [1, {x: true}]\n");
    const config = readStackConfig(readProject(folder), "dev", ["a=4=5", "intune:x="]);
    expect(config).toEqual({
      known: {
        "intune:tenantId": "t",
        "intune:x": "",
        "o:k": "x",
        "rows:a": "4=5",
        "rows:b": "3",
        "rows:list": '[1,{"x":true}]',
      },
      encryptedKeys: [],
      forProgram: config.known,
      notes: [],
    });
  });

  it("has encrypted values as unknown ones, in part too, and says so in one line", () => {
    write(
      "Pulumi.dev.yaml",
      "environment: [shared]\nconfig:\n  intune:clientSecret:\n    secure: v1:canary\n  rows:o: {a: 1, b: {secure: v1:canary}}\n",
    );
    const config = readStackConfig(readProject(folder), "dev", []);
    expect(config).toEqual({
      known: {},
      encryptedKeys: ["intune:clientSecret", "rows:o"],
      forProgram: { "intune:clientSecret": UNKNOWN, "rows:o": `{"a":1,"b":"${UNKNOWN}"}` },
      notes: [
        "Encrypted configuration cannot be read here and counts as unknown: intune:clientSecret, rows:o.",
        "The stack's environments are not opened: their values are missing.",
      ],
    });
  });

  it("can be given in place of an encrypted value", () => {
    write("Pulumi.dev.yaml", "config:\n  rows:s: {secure: v1:x}\n");
    expect(readStackConfig(readProject(folder), "dev", ["s=plain"])).toMatchObject({
      known: { "rows:s": "plain" },
      encryptedKeys: [],
      notes: [],
    });
  });

  it.each([
    ["a stack without a file", "prod", [], /there is no .*Pulumi\.prod\.yaml: --stack takes/],
    ["a value without an equals sign", undefined, ["canary"], /^--config-value takes KEY=VALUE: (?!.*canary)/],
    ["a value without a key", undefined, ["=canary"], /^--config-value takes KEY=VALUE: (?!.*canary)/],
  ])("refuses %s", (_title, stack, values, message) => {
    expect(() => readStackConfig(readProject(folder), stack, values)).toThrow(message);
  });

  it("refuses a file that is no YAML, without showing its text", () => {
    write("Pulumi.dev.yaml", "config: {canary: [\n");
    expect(() => readStackConfig(readProject(folder), "dev", [])).toThrow(
      /Pulumi\.dev\.yaml cannot be read \(YAMLParseError\): mend the YAML$/,
    );
  });
});

describe("a project", () => {
  it("is found from a folder below it, and runs where main says", () => {
    mkdirSync(path.join(folder, "src/deep"), { recursive: true });
    write("src/main.ts", "");
    write("Pulumi.yaml", "name: rows\nruntime: {name: nodejs, options: {typescript: false}}\nmain: src/main.ts\n");
    expect(readProject(path.join(folder, "src/deep"))).toEqual({
      name: "rows",
      root: folder,
      programDir: path.join(folder, "src"),
      entryPoint: "main.ts",
      runtimeOptions: { typescript: false },
      stackConfigDir: folder,
      config: {},
    });
    write("Pulumi.yaml", "name: rows\nruntime: nodejs\nmain: src\nstackConfigDir: stacks\n");
    expect(readProject(folder)).toMatchObject({
      programDir: path.join(folder, "src"),
      entryPoint: ".",
      stackConfigDir: path.join(folder, "stacks"),
    });
  });

  it.each([
    ["name: rows\nruntime: python\n", /has the runtime python: only nodejs programs/],
    ["runtime: nodejs\n", /has no name/],
    ["- a\n", /holds no mapping/],
  ])("refuses %j", (text, message) => {
    write("Pulumi.yaml", text);
    expect(() => readProject(folder)).toThrow(message);
  });
});
