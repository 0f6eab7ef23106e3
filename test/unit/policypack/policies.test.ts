import { readFileSync } from "node:fs";
import { join } from "node:path";
import { COMPLIANCE_STATUSES } from "pulumi-intune/model";
import { policies } from "../../../policypack/src/policies";
import { judge, type Props } from "./judge";

const ROOT = join(__dirname, "../../..");
/** The text of a file, with the padding of its tables taken out. */
const read = (path: string) => readFileSync(join(ROOT, path), "utf8").replace(/ +\|/g, " |");

/** The section of a page under one heading. */
const section = (page: string, heading: string) => page.split(`\n## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";

/** The first block of code of a section in one language. */
const block = (text: string, language: string) => text.split(`\n\`\`\`${language}\n`)[1]?.split("\n```")[0] ?? "";

/** The inputs of a page's example, which are one literal a line. */
const inputsOf = (code: string): Props =>
  Object.fromEntries(
    [...code.matchAll(/^ {2}(\w+): (.+),$/gm)].map(([, name = "", value = ""]) => [name, JSON.parse(value)]),
  );

it("the pack holds these policies, in this order", () => {
  expect(policies.map(({ id, name }) => `${id} ${name}`)).toEqual([
    "DCS001 status-enum",
    "DCS002 required-fields",
    "DCS003 datetime-format",
  ]);
});

it("names and ids are unique", () => {
  expect(new Set(policies.map(({ name }) => name)).size).toBe(policies.length);
  expect(new Set(policies.map(({ id }) => id)).size).toBe(policies.length);
});

it("the schemas' defaults are these", () => {
  const defaults = policies.flatMap(({ name, configSchema }) =>
    Object.entries(configSchema?.properties ?? {}).map(([option, schema]) => [`${name}.${option}`, schema.default]),
  );
  expect(Object.fromEntries(defaults)).toEqual({
    "status-enum.allow": COMPLIANCE_STATUSES,
    "required-fields.fields": [
      "deviceCompliancePolicyId",
      "platform",
      "complianceGracePeriodExpirationDateTime",
      "status",
      "lastReportedDateTime",
    ],
  });
});

it("the pack's README lists every rule with its page", () => {
  const readme = read("policypack/README.md");
  for (const { id, name } of policies) expect(readme).toContain(`| ${id} | [\`${name}\`](../docs/rules/${name}.md) |`);
});

it("docs/rules has an index that lists every page", () => {
  const index = read("docs/rules/README.md");
  for (const { id, name } of policies) expect(index).toContain(`| ${id} | [\`${name}\`](${name}.md) |`);
});

describe.each(policies.map((policy) => [policy.name, policy] as const))("%s", (name, policy) => {
  it("has a kebab-case name and a stable id", () => {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(policy.id).toMatch(/^DCS\d{3}$/);
  });

  it("sets what Pulumi shows of it", () => {
    expect(policy).toMatchObject({ enforcementLevel: "mandatory", severity: "high" });
    expect(policy.tags).toContain(policy.id);
    expect(policy.displayName).toMatch(/\S/);
    expect(policy.description).toMatch(/^[A-Z].*\.$/);
    expect(policy.remediationSteps).toMatch(new RegExp(`^[A-Z].*See docs/rules/${name}\\.md\\.$`));
    expect(new URL(policy.url ?? "").protocol).toBe("https:");
  });

  it("behaves without configuration as with the schema's defaults", () => {
    const props = { status: "error", platform: null, lastReportedDateTime: "2026-02-30T00:00:00Z" };
    expect(judge(policy, props, { config: {} })).toEqual(judge(policy, props));
  });

  it("has a page with its id and its options", () => {
    const page = read(`docs/rules/${name}.md`);
    expect(page).toMatch(new RegExp(`^# ${policy.id} ${name}\n`));
    for (const heading of ["Why", "Options", "Fix"]) expect(section(page, heading)).toMatch(/\w/);
    const options = Object.keys(policy.configSchema?.properties ?? {});
    for (const option of options) expect(section(page, "Options")).toContain(`| \`${option}\` |`);
    const sample = JSON.parse(block(section(page, "Options"), "json")) as Props;
    expect(judge(policy, {}, { type: "pulumi:pulumi:Stack", config: optionsIn(sample[name]) }).messages).toEqual([]);
  });

  it("has a page whose bad example gives the printed findings, and whose good example gives none", () => {
    const page = read(`docs/rules/${name}.md`);
    const [bad, good] = [section(page, "Bad"), section(page, "Good")];
    expect(judge(policy, inputsOf(block(bad, "ts"))).messages.join("\n")).toBe(block(bad, "text"));
    expect(block(bad, "text")).toContain(`[${policy.id}]`);
    expect(Object.keys(inputsOf(block(good, "ts")))).toContain("status");
    expect(judge(policy, inputsOf(block(good, "ts"))).messages).toEqual([]);
  });
});

/** A policy's options out of its entry in a configuration file, as the engine hands them over: without the level. */
function optionsIn(entry: unknown): Props {
  if (typeof entry !== "object" || entry === null) return {};
  return Object.fromEntries(Object.entries(entry).filter(([key]) => key !== "enforcementLevel"));
}
