"use strict";
const path = require("node:path");
const { pathToFileURL } = require("node:url");

/**
 * What must not reach the engine or the programs from whoever runs this: another backend, stack or login, another
 * tenant's credentials, the settings of a surrounding test run or ts-node, and colour that would override NO_COLOR.
 */
const NOT_INHERITED =
  /^(PULUMI_|AZURE_|ARM_|INTUNE_|TS_NODE_|JEST_WORKER_ID$|NODE_ENV$|FORCE_COLOR$|COLOR$|CLICOLOR|NODE_V8_COVERAGE$)/i;

const PLAIN_ERRORS = path.join(__dirname, "plainErrors.js");

/** gRPC for Node sends even loopback calls to a configured proxy unless it is told not to. */
const LOOPBACK = ["127.0.0.1", "localhost", "::1"];

/**
 * The environment of a quiet, local, repeatable engine: its own home, a file backend, no login, no download, no colour.
 * @param {object} options
 * @param {import("./engine.js").Engine} options.engine
 * @param {string} options.home absolute; the engine creates it
 * @param {string} options.backendDir absolute; must exist
 * @param {string} [options.passphrase] encrypts secrets in the state; empty is allowed
 * @returns {Record<string, string>}
 */
function pulumiEnv({ engine, home, backendDir, passphrase = "" }) {
  /** @type {Record<string, string>} */
  const env = {};
  for (const [name, value] of Object.entries(engine.env)) {
    if (value !== undefined && !NOT_INHERITED.test(name)) env[name] = value;
  }
  const noProxy = [env["NO_PROXY"] ?? env["no_proxy"] ?? "", ...LOOPBACK].filter(Boolean).join(",");
  return {
    ...env,
    NO_PROXY: noProxy,
    no_proxy: noProxy,
    NO_COLOR: "1",
    NODE_OPTIONS: [env["NODE_OPTIONS"], `--require ${JSON.stringify(PLAIN_ERRORS)}`].filter(Boolean).join(" "),
    PULUMI_HOME: path.resolve(home),
    PULUMI_BACKEND_URL: fileBackend(backendDir),
    PULUMI_CONFIG_PASSPHRASE: passphrase,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
}

/**
 * A file backend whose state survives a kill at any moment: the state itself is replaced in one step, but the attributes
 * that are kept beside it by default are written in place, and an empty attributes file makes every later command fail
 * with "failed to load checkpoint: EOF". Source: gocloud.dev/blob/fileblob, option `metadata`.
 * @param {string} dir
 */
function fileBackend(dir) {
  return `${pathToFileURL(path.resolve(dir)).href}?metadata=skip`;
}

module.exports = { pulumiEnv };
