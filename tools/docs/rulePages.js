"use strict";
const { runExample } = require("./runExample.js");

/** @typedef {import("./runExample.js").Pack} Pack */
/** @typedef {import("./runExample.js").Example} Example */
/** @typedef {import("./runExample.js").FixturePolicy} FixturePolicy */

const START = "<!-- rules: written by `npm run docs` -->";
const END = "<!-- /rules -->";

/**
 * The page of every rule by its file name, as Markdown that prettier has still to lay out.
 * @param {Pack} pack
 * @param {readonly FixturePolicy[]} policies
 * @returns {Map<string, string>}
 */
function rulePages(pack, policies) {
  return new Map(policies.map((policy) => [`${policy.name}.md`, rulePage(pack, policy)]));
}

/** @type {(pack: Pack, policy: FixturePolicy) => string} */
function rulePage(pack, policy) {
  const { id, name, description, documentation, enforcementLevel = "", severity = "" } = policy;
  const { why, bad, good, more = [], fix } = documentation;
  const kinds = kindsOf(policy).join(" and ");
  return [
    "<!-- Written by `npm run docs` from the policy itself. -->",
    `# ${id} ${name}`,
    description,
    `Level ${enforcementLevel}, severity ${severity}; judges ${kinds}.`,
    "## Why",
    ...why,
    "## Bad",
    ...exampleText(pack, name, bad),
    "## Good",
    ...exampleText(pack, name, good),
    "## Options",
    optionsTable(policy),
    fence("json", JSON.stringify({ [name]: documentation.configuration }, null, 2)),
    "## Exemption",
    exemptionText(policy),
    "## Fix",
    `${fix.charAt(0).toUpperCase()}${fix.slice(1)}.`,
    ...more,
    "",
  ].join("\n\n");
}

/** @type {(policy: FixturePolicy) => string[]} */
const kindsOf = ({ kinds }) =>
  kinds.map(
    (kind) => ({ resource: "each fixture", stack: "the whole stack", configuration: "the configuration" })[kind],
  );

/** @type {(pack: Pack, name: string, example: Example) => string[]} */
function exampleText(pack, name, example) {
  const { config, stackConfig = {}, stack } = example;
  const settings = Object.entries(stackConfig).map(([key, value]) => `pulumi config set ${key} ${value}`);
  const commands = [...(stack === undefined ? [] : [`pulumi stack select ${stack}`]), ...settings];
  const findings = runExample(pack, name, example);
  return [
    ...(commands.length > 0 ? [fence("sh", commands.join("\n"))] : []),
    ...(config === undefined ? [] : ["With the configuration file", fence("json", JSON.stringify(config, null, 2))]),
    fence("ts", Object.entries(example.fixtures).map(constructorCall).join("\n")),
    ...(findings.length > 0
      ? [
          fence(
            "text",
            findings.map(({ message, isAdvisory }) => `${isAdvisory ? "(advisory) " : ""}${message}`).join("\n"),
          ),
        ]
      : []),
  ];
}

/** @type {(fixture: [string, Readonly<Record<string, unknown>>]) => string} */
function constructorCall([name, inputs]) {
  const given = Object.entries(inputs).filter(([, value]) => value !== undefined);
  const lines = given.map(([key, value]) => `  ${key}: ${expressionOf(value)},`);
  return [`new DeviceComplianceDeviceStatus(${JSON.stringify(name)}, {`, ...lines, "});"].join("\n");
}

/** @param {unknown} value */
function expressionOf(value) {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if ("expression" in value) return String(value.expression);
  const entries = Object.entries(value).map(([key, inner]) => `${key}: ${JSON.stringify(inner)}`);
  return `{ ${entries.join(", ")} }`;
}

/** @type {(policy: FixturePolicy) => string} */
function optionsTable({ options }) {
  const rows = Object.entries(options).map(
    ([name, { schema, standard }]) => `| \`${name}\` | \`${JSON.stringify(standard)}\` | ${schema.description} |`,
  );
  if (rows.length === 0) return "None but the enforcement level:";
  return ["| option | default | meaning |", "| --- | --- | --- |", ...rows].join("\n");
}

/** @type {(policy: FixturePolicy) => string} */
function exemptionText({ name, exemptible }) {
  if (!exemptible) return "Not possible: an exemption that names this policy is a finding of `exemption-hygiene`.";
  const exemption = {
    policy: name,
    match: "archive-*",
    reason: "why these may differ",
    owner: "fixtures team",
    expires: "2026-12-31",
  };
  return [
    "Until the day it expires, findings on what it covers are advisory ([exemption-hygiene](exemption-hygiene.md)):",
    fence("json", JSON.stringify({ "exemption-hygiene": { exemptions: [exemption] } }, null, 2)),
  ].join("\n\n");
}

/** @type {(language: string, text: string) => string} */
const fence = (language, text) => ["```" + language, text, "```"].join("\n");

/**
 * The text with the table of rules between its marks replaced.
 * @param {string} text
 * @param {readonly FixturePolicy[]} policies
 * @param {string} folder of the pages, as seen from the text's
 */
function withRules(text, policies, folder) {
  const [before, rest] = text.split(START);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`there are no marks ${START} and ${END}`);
  const rows = [...policies]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(
      ({ id, name, enforcementLevel, severity, description }) =>
        `| ${id} | [\`${name}\`](${folder}${name}.md) | ${String(enforcementLevel)}, ${String(severity)} | ${description} |`,
    );
  const table = ["| id | rule | level, severity | asks |", "| --- | --- | --- | --- |", ...rows].join("\n");
  return `${before}${START}\n\n${table}\n\n${END}${after}`;
}

module.exports = { rulePages, withRules };
