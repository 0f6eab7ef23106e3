import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createPackContext } from "../../../policypack/src/packContext";
import { packConfigSchema } from "../../../policypack/src/packConfigSchema";
import { policies, templates } from "../../../policypack/src/policies";
import { readSurroundings } from "../../../policypack/src/surroundings";
import { rulePages, withRules } from "../../../tools/docs/rulePages.js";
import { runExample } from "../../../tools/docs/runExample.js";

const ROOT = join(__dirname, "../../..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const PACK = { templates, createPackContext, readSurroundings };

/** A text without its layout, which is prettier's. */
const plain = (markdown: string) =>
  markdown
    .replace(/-{3,}/g, "---")
    .replace(/\{ /g, "{")
    .replace(/\s+/g, " ")
    .replace(/ ?([}\]])/g, "$1")
    .replace(/([{[]) /g, "$1")
    .trim();

it("the pack holds these policies, in this order", () => {
  expect(policies.map(({ id, name, enforcementLevel, severity }) => [id, name, enforcementLevel, severity])).toEqual([
    ["DCS015", "exemption-hygiene", "mandatory", "high"],
    ["DCS016", "pack-config", "mandatory", "high"],
    ["DCS001", "status-enum", "mandatory", "high"],
    ["DCS002", "required-fields", "mandatory", "high"],
    ["DCS004", "field-types", "mandatory", "high"],
    ["DCS003", "datetime-format", "mandatory", "high"],
    ["DCS005", "datetime-order", "mandatory", "medium"],
    ["DCS006", "upn-shape", "mandatory", "medium"],
    ["DCS007", "synthetic-identities", "advisory", "high"],
    ["DCS008", "no-secrets", "mandatory", "critical"],
    ["DCS009", "tenant-guard", "mandatory", "critical"],
    ["DCS010", "graph-endpoint", "mandatory", "high"],
    ["DCS011", "unique-fixture", "mandatory", "medium"],
    ["DCS012", "fixture-budget", "mandatory", "medium"],
    ["DCS013", "status-coverage", "advisory", "low"],
    ["DCS014", "naming", "advisory", "low"],
    ["DCS017", "undecided", "advisory", "low"],
  ]);
});

it("names and ids are unique", () => {
  expect(new Set(policies.map(({ name }) => name)).size).toBe(policies.length);
  expect(new Set(policies.map(({ id }) => id)).size).toBe(policies.length);
});

it("these policies may not be exempted", () => {
  expect(policies.filter(({ exemptible }) => !exemptible).map(({ name }) => name)).toEqual([
    "exemption-hygiene",
    "pack-config",
    "no-secrets",
    "tenant-guard",
    "undecided",
  ]);
});

describe("what is written by npm run docs is current (if not: npm run docs)", () => {
  const pages = rulePages(PACK, policies);

  it.each([...pages.keys()])("docs/rules/%s", (name) => {
    expect(plain(read(`docs/rules/${name}`))).toBe(plain(pages.get(name) ?? ""));
  });

  it("no page is of a rule that is gone", () => {
    const expected = [...pages.keys(), "README.md"].sort();
    expect(readdirSync(join(ROOT, "docs/rules")).sort()).toEqual(expected);
  });

  it.each([
    ["docs/rules/README.md", ""],
    ["policypack/README.md", "../docs/rules/"],
  ])("the table of %s", (path, folder) => {
    expect(plain(withRules(read(path), policies, folder))).toBe(plain(read(path)));
    expect(() => withRules("# no marks", policies, folder)).toThrow("there are no marks");
  });

  it("policypack/policy-pack-config.schema.json", () => {
    expect(JSON.parse(read("policypack/policy-pack-config.schema.json"))).toEqual(
      JSON.parse(JSON.stringify(packConfigSchema())),
    );
  });
});

describe.each(policies.map((policy) => [policy.name, policy] as const))("%s", (name, policy) => {
  it("has a kebab-case name, a stable id and a page", () => {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(policy.id).toMatch(/^DCS\d{3}$/);
    expect(policy.page).toBe(`docs/rules/${name}.md`);
  });

  it("sets what Pulumi shows of it", () => {
    expect(policy.tags).toContain(policy.id);
    expect(policy.displayName).toMatch(/\S/);
    expect(policy.description).toMatch(/^[A-Z].*\.$/);
    expect(policy.remediationSteps).toMatch(new RegExp(`^[A-Z].*See docs/rules/${name}\\.md\\.$`));
    expect(new URL(policy.url ?? "").protocol).toBe("https:");
  });

  it("has a bad example that it has findings on, and a good one that no rule has any on", () => {
    const { bad, good } = policy.documentation;
    const findings = runExample(PACK, name, bad);
    expect(findings.length).toBeGreaterThan(0);
    for (const { message } of findings) expect(message).toContain(`[${policy.id}] docs/rules/${name}.md`);
    expect(policies.flatMap((other) => runExample(PACK, other.name, good))).toEqual([]);
  });
});
