"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { parseArgs } = require("node:util");

const OUTPUT = path.resolve(__dirname, "../emulator/src/model/compliancePolicyTypes.json");
const BASE_TYPE = "graph.deviceCompliancePolicy";

/** @typedef {{ type: string, nullable?: true, versions?: string[] }} Property */
/** @typedef {{ versions: string[], properties: Record<string, Property> }} Subtype */

/**
 * Writes the emulator's table of compliance policy types from Microsoft's CSDL:
 * `node tools/compliancePolicyTypes.js --beta <csdl> [--beta <newer csdl>] --v1.0 <csdl>`.
 * Of several files of one version the later ones add to the earlier.
 */
const { values } = parseArgs({
  options: { beta: { type: "string", multiple: true }, "v1.0": { type: "string", multiple: true } },
});
/** @type {[version: string, files: string[]][]} */
const inputs = [
  ["beta", values.beta ?? []],
  ["v1.0", values["v1.0"] ?? []],
];
const missing = inputs.filter(([, files]) => files.length === 0).map(([version]) => `--${version}`);
if (missing.length > 0) {
  process.stderr.write(`compliancePolicyTypes: ${missing.join(" and ")} missing: give the path of a CSDL file\n`);
  process.exit(2);
}

/** @type {Record<string, Subtype>} */
const subtypes = {};
/** @type {Record<string, string[]>} */
const sources = {};
for (const [version, files] of inputs) {
  for (const file of files) {
    const csdl = fs.readFileSync(file, "utf8");
    (sources[version] ??= []).push(sourceOf(csdl, file));
    for (const [name, body] of entityTypesIn(csdl)) addSubtype(version, name, body);
  }
}
const all = inputs.map(([version]) => version);
for (const { properties } of Object.values(subtypes)) {
  for (const property of Object.values(properties))
    if (property.versions?.length === all.length) delete property.versions;
}
fs.writeFileSync(OUTPUT, render());

/** @param {string} csdl @param {string} file */
function sourceOf(csdl, file) {
  const source = /Source: (\S+ \S+ @ [0-9a-f]{8})[0-9a-f]* \((\S+)\)/.exec(csdl);
  return source === null ? path.basename(file) : `${source[1]} (${source[2]})`;
}

/** Entity types derived from the policy; an element without content closes itself. @param {string} csdl @returns {[string, string][]} */
function entityTypesIn(csdl) {
  const pattern = new RegExp(
    `<EntityType Name="(\\w+)" BaseType="${BASE_TYPE}"\\s*(?:/>|>([\\s\\S]*?)</EntityType>)`,
    "g",
  );
  return [...csdl.matchAll(pattern)].map(([, name = "", body = ""]) => [name, body]);
}

/** @param {string} version @param {string} name @param {string} body */
function addSubtype(version, name, body) {
  const subtype = (subtypes[name] ??= { versions: [], properties: {} });
  if (!subtype.versions.includes(version)) subtype.versions.push(version);
  for (const [, property = "", type = "", nullable] of body.matchAll(
    /<Property Name="(\w+)" Type="([^"]+)"(?: Nullable="(\w+)")?/g,
  )) {
    const read = (subtype.properties[property] ??= { type, ...(nullable === "false" ? {} : { nullable: true }) });
    const isSame = read.type === type && (read.nullable === true) === (nullable !== "false");
    if (!isSame) throw new Error(`${name}.${property} differs between the files: the table has no place for that`);
    const versions = (read.versions ??= []);
    if (!versions.includes(version)) versions.push(version);
  }
}

/** One line a property, as prettier leaves it. */
function render() {
  const types = Object.entries(subtypes)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, { versions, properties }]) => {
      const lines = Object.entries(properties)
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([property, read]) => `        ${JSON.stringify(property)}: ${JSON.stringify(read)}`);
      const inner = lines.length === 0 ? "{}" : `{\n${lines.join(",\n")}\n      }`;
      return `    ${JSON.stringify(name)}: {\n      "versions": ${JSON.stringify(versions)},\n      "properties": ${inner}\n    }`;
    });
  return `{\n  "sources": ${JSON.stringify(sources)},\n  "subtypes": {\n${types.join(",\n")}\n  }\n}\n`;
}
