"use strict";
const policySdk = require("@pulumi/policy");

/** @typedef {import("../../policypack/dist/rulePage.js").Example} Example */
/** @typedef {import("../../policypack/dist/definePolicy.js").PolicyTemplate} PolicyTemplate */
/** @typedef {import("../../policypack/dist/definePolicy.js").FixturePolicy} FixturePolicy */
/** @typedef {{ templates: readonly PolicyTemplate[], createPackContext: Function, readSurroundings: Function }} Pack */
/** @typedef {{ message: string, isAdvisory: boolean }} Finding */

const FIXTURE_TYPE = "pulumi-nodejs:dynamic/intune:DeviceComplianceDeviceStatus";
const ROOT_TYPE = "pulumi:pulumi:Stack";
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
/** Pages must not change from day to day. */
const NOW = new Date("2026-06-15T12:00:00Z");

/** Exported since 1.21, but left out of the typings. @type {(props: object) => Record<string, unknown>} */
const unknownCheckingProxy = Reflect.get(policySdk, "unknownCheckingProxy");

/**
 * The findings of one policy in a preview of an example, as the CLI prints them below the policy's description. All
 * policies run, in the pack's order, since some act through others.
 * @param {Pack} pack
 * @param {string} name
 * @param {Example} example
 * @returns {Finding[]}
 */
function runExample({ templates, createPackContext, readSurroundings }, name, example) {
  const environment = { PULUMI_CONFIG: JSON.stringify(example.stackConfig ?? {}), PULUMI_NODEJS_DRY_RUN: "true" };
  const context = createPackContext(
    readSurroundings(environment, () => NOW),
    templates,
  );
  const config = new Map(Object.entries(example.config ?? {}).map(([key, entry]) => [key, optionsOf(entry)]));
  context.configured = new Map([...config].map(([key, options]) => [key, { optionNames: Object.keys(options) }]));
  const policies = templates.map((template) => template.create(context));
  const fixtures = Object.entries(example.fixtures).map(([key, inputs]) =>
    resource(example, FIXTURE_TYPE, key, inputs),
  );
  const resources = [resource(example, ROOT_TYPE, "project-dev", {}), ...fixtures];
  /** @type {Finding[]} */
  const findings = [];
  for (const target of resources) {
    for (const policy of policies) {
      const args = { ...target, ...callbacks(config, policy) };
      run(policy, name, findings, (report) => method(policy, "validateResource")?.(args, report));
    }
  }
  for (const policy of policies) {
    const args = { resources, ...callbacks(config, policy) };
    run(policy, name, findings, (report) => method(policy, "validateStack")?.(args, report));
  }
  return findings;
}

/** @type {(policy: FixturePolicy, name: string, findings: Finding[], judge: (report: Function) => void) => void} */
function run(policy, name, findings, judge) {
  /** @type {(finding: string | { message: string }) => void} */
  const report = (finding) => {
    if (policy.name !== name) return;
    const isText = typeof finding === "string";
    const message = isText ? finding : finding.message.slice(policy.description.length + 1);
    findings.push({ message, isAdvisory: !isText });
  };
  try {
    judge(report);
  } catch (error) {
    if (error !== NOT_APPLICABLE) throw error;
  }
}

/** With the arguments that the policies of this pack read. @type {(policy: FixturePolicy, name: string) => Function | undefined} */
const method = (policy, name) => Reflect.get(policy, name);

const NOT_APPLICABLE = new Error("not applicable");

/** @type {(config: Map<string, Record<string, unknown>>, policy: FixturePolicy) => object} */
const callbacks = (config, policy) => ({
  stackTags: new Map(),
  getConfig: () => config.get(policy.name) ?? {},
  notApplicable() {
    throw NOT_APPLICABLE;
  },
});

/** @type {(example: Example, type: string, name: string, inputs: object) => object} */
const resource = ({ stack = "dev" }, type, name, inputs) => ({
  type,
  name,
  urn: `urn:pulumi:${stack}::project::${type}::${name}`,
  props: unknownCheckingProxy(
    Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, isUnknown(value) ? UNKNOWN : value])),
  ),
});

/** An example writes a value that preview cannot know as the expression that gives it. @param {unknown} value */
const isUnknown = (value) => typeof value === "object" && value !== null && "expression" in value;

/** @type {(entry: unknown) => Record<string, unknown>} */
const optionsOf = (entry) =>
  typeof entry === "object" && entry !== null
    ? Object.fromEntries(Object.entries(entry).filter(([key]) => key !== "enforcementLevel"))
    : {};

module.exports = { runExample };
