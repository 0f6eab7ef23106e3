import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { packConfigSchema } from "../../../policypack/src/packConfigSchema";
import { defaultsOf, validatePackConfig, type PackConfig } from "../../../policypack/src/packConfigFile";
import { createPolicies, policies } from "../../../policypack/src/policies";
import { NOW, packIn } from "./judge";

const profile = (name: string): PackConfig =>
  JSON.parse(readFileSync(join(__dirname, `../../../policypack/profiles/${name}.json`), "utf8")) as PackConfig;

const levels = (config: PackConfig) =>
  Object.fromEntries(
    createPolicies(defaultsOf(config), packIn()).map(({ name, enforcementLevel }) => [name, enforcementLevel]),
  );

const matchesSchema = new Ajv({ strict: false, validateFormats: false }).compile(packConfigSchema());

describe("validatePackConfig", () => {
  it.each<[string, unknown]>([
    ["nothing", {}],
    ["levels", { all: "mandatory", "status-enum": "remediate", naming: "disabled" }],
    ["options without a level", { "status-enum": { allow: ["error"] } }],
    ["references to Pulumi ESC", { environments: ["org/env"], naming: "advisory" }],
  ])("accepts %s, as the schema does", (_, config) => {
    expect(validatePackConfig(config, NOW)).toEqual([]);
    expect(matchesSchema(config)).toBe(true);
  });

  it.each<[string, unknown, string[]]>([
    ["a list", [], ["The configuration is an array; it must be an object of policies."]],
    ["null", null, ["The configuration is null; it must be an object of policies."]],
    [
      "a misspelt policy",
      { "tenant-gaurd": "mandatory" },
      ['"tenant-gaurd" (string) is no policy of this pack. Did you mean "tenant-guard"?'],
    ],
    [
      "a level that is none",
      { naming: "warning" },
      [
        'naming: "warning" (string) is no enforcement level; it must be one of advisory, mandatory, remediate, disabled.',
      ],
    ],
    [
      "a level that is none, with options",
      { naming: { enforcementLevel: 3, pattern: "x" } },
      ["naming: a number is no enforcement level; it must be one of advisory, mandatory, remediate, disabled."],
    ],
    ["an entry of another kind", { naming: 3 }, ["naming: The entry is a number; it must be a level or an object."]],
    [
      "a misspelt option",
      { naming: { patern: "x" } },
      ['naming: "patern" (string) is not an option of this policy. Did you mean "pattern"?'],
    ],
    [
      "a value out of range",
      { "fixture-budget": { maxPerStack: -1 } },
      ["fixture-budget: Option maxPerStack is a number out of range; it must be a whole number from 0 to 1000000."],
    ],
    [
      "a value of another kind",
      { "tenant-guard": { requireTenant: "yes" } },
      ["tenant-guard: Option requireTenant is a string of 3 characters; it must be true or false."],
    ],
    [
      "an empty text",
      { "upn-shape": { domains: [" "] } },
      ["upn-shape: Option domains lists a blank string, which is no text."],
    ],
    [
      "options of all",
      { all: { enforcementLevel: "mandatory", allow: [] } },
      ['The entry "all" takes a level alone, and has "allow" (string).'],
    ],
  ])("rejects %s", (_, config, faults) => {
    expect(validatePackConfig(config, NOW)).toEqual(faults);
  });

  it("reviews exemptions", () => {
    const sound = { policy: "naming", match: "a-*", reason: "a good reason", owner: "us", expires: "2026-12-31" };
    const exemptions = [sound, { ...sound, expires: "2026-01-01" }, { ...sound, owner: "" }];
    expect(validatePackConfig({ "exemption-hygiene": { exemptions } }, NOW)).toEqual([
      "exemption-hygiene: Exemption 3 has no owner.",
      "exemption-hygiene: Exemption 2 (naming) expired after 2026-01-01.",
    ]);
  });
});

describe("the schema for editors", () => {
  it.each<unknown>([
    [{ "tenant-gaurd": "mandatory" }],
    [{ naming: "warning" }],
    [{ naming: { patern: "x" } }],
    [{ "status-enum": { allow: ["noncompliant"] } }],
    [{ "fixture-budget": { maxPerStack: -1 } }],
    [{ "exemption-hygiene": { exemptions: [{ policy: "naming" }] } }],
  ])("rejects %j", (config) => {
    expect(matchesSchema(config)).toBe(false);
  });
});

describe("profiles", () => {
  it.each(["strict", "ci", "lenient"])("%s has no faults", (name) => {
    expect(validatePackConfig(profile(name), NOW)).toEqual([]);
    expect(matchesSchema(profile(name))).toBe(true);
  });

  it("ci names every policy at its own level, but for synthetic-identities, which it makes mandatory", () => {
    const own = Object.fromEntries(policies.map(({ name, enforcementLevel }) => [name, enforcementLevel]));
    expect(profile("ci")).toEqual({ ...own, "synthetic-identities": "mandatory" });
  });

  it("strict makes every policy mandatory, requires a tenant, and wants both sides of compliance", () => {
    expect(new Set(Object.values(levels(profile("strict"))))).toEqual(new Set(["mandatory"]));
    const defaults = defaultsOf(profile("strict"));
    expect(defaults["tenant-guard"]?.options).toEqual({ requireTenant: true });
    expect(defaults["status-coverage"]?.options).toEqual({ required: ["compliant", "nonCompliant"] });
  });

  it("lenient makes all advisory but what must never pass", () => {
    const mandatory = Object.entries(levels(profile("lenient"))).filter(([, level]) => level !== "advisory");
    expect(mandatory).toEqual([
      ["no-secrets", "mandatory"],
      ["tenant-guard", "mandatory"],
    ]);
  });
});

describe("a configuration by code", () => {
  it("keeps the level of a policy that is given options alone, and makes the options its defaults", () => {
    const config: PackConfig = { "status-enum": { allow: ["error"] }, naming: { pattern: "x" } };
    expect(levels(config)).toEqual(levels({}));
    const schemas = createPolicies(defaultsOf(config), packIn()).map(({ name, configSchema }) => [
      name,
      configSchema?.properties,
    ]);
    expect(Object.fromEntries(schemas)).toMatchObject({
      "status-enum": { allow: { default: ["error"] } },
      naming: { pattern: { default: "x" } },
    });
  });

  it("sets levels, a policy's own before that of all", () => {
    expect(levels({ all: "advisory", naming: "mandatory" })).toMatchObject({
      "status-enum": "advisory",
      naming: "mandatory",
    });
  });
});
