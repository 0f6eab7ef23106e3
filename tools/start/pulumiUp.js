"use strict";
const { spawn } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { pulumiEnv } = require("../engine/pulumi.js");

/** Its settings file at the root, Pulumi.npm-start.yaml, is ignored by git. */
const STACK = "npm-start";

/**
 * Runs `pulumi up` of the project at the repository's root, gated by the policy pack, on a local file backend.
 * Where Graph is and how to sign in goes by environment: the emulator's port changes from run to run, and nothing of it
 * belongs in the stack.
 * @param {object} options
 * @param {string} options.root
 * @param {string} options.folder for home, backend and stack settings
 * @param {import("../engine/engine.js").Engine} options.engine
 * @param {import("./emulatorProcess.js").Ready} options.ready
 * @param {string} options.policyId
 * @returns {Promise<{ isUnchanged: boolean }>}
 * @throws {Error} if it ends with another exit code than 0
 */
async function pulumiUp({ root, folder, engine, ready, policyId }) {
  const backendDir = path.join(folder, "backend");
  fs.mkdirSync(backendDir, { recursive: true });
  const env = {
    ...pulumiEnv({ engine, home: path.join(folder, "home"), backendDir, passphrase: "local" }),
    INTUNE_GRAPH_ENDPOINT: ready.graphEndpoint,
    INTUNE_AUTHORITY_HOST: ready.authority,
    ARM_TENANT_ID: ready.tenantId,
    ARM_CLIENT_ID: ready.clientId,
    ARM_CLIENT_SECRET: ready.clientSecret,
  };
  /** @type {(args: string[]) => Promise<string>} */
  const pulumi = async (args) => {
    const { code, output } = await tee(engine.pulumi, [...args, "--stack", STACK], root, env);
    if (code !== 0)
      throw new Error(
        `pulumi ${args[0]} failed with exit code ${code}; its messages are above. npm start -- --reset starts afresh.`,
      );
    return output;
  };
  if (!fs.existsSync(path.join(backendDir, ".pulumi", "stacks"))) await pulumi(["stack", "init"]);
  // A lock that is there was left by a run that was killed: who else runs would hold the emulator's folder.
  else if (hasFile(path.join(backendDir, ".pulumi", "locks"))) await pulumi(["cancel", "--yes"]);
  const config = `deviceCompliancePolicyId=${policyId}`;
  const output = await pulumi(["up", "--yes", "--policy-pack", path.join(root, "policypack"), "--config", config]);
  return { isUnchanged: !/^\s+[-+~]+ ?\d+ (created|updated|replaced|deleted|to )/m.test(resourcesOfUpdate(output)) };
}

/** @type {(folder: string) => boolean} */
function hasFile(folder) {
  if (!fs.existsSync(folder)) return false;
  return fs.readdirSync(folder, { recursive: true, withFileTypes: true }).some((entry) => entry.isFile());
}

/** The last block of counts is that of the update; the one before belongs to its preview. @type {(output: string) => string} */
const resourcesOfUpdate = (output) => output.slice(output.lastIndexOf("Resources:"));

/** @type {(command: string, args: string[], cwd: string, env: Record<string, string>) => Promise<{ code: number | null, output: string }>} */
function tee(command, args, cwd, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (/** @type {Buffer} */ data) => {
        output += data.toString();
        process.stdout.write(data.toString().replaceAll(/^(?=.)/gm, "  "));
      });
    }
    // A terminal's Ctrl-C reaches the child as well: the engine stops in order, and this waits for it.
    const wait = () => undefined;
    process.on("SIGINT", wait);
    child.once("error", reject);
    child.once("close", (code) => {
      process.off("SIGINT", wait);
      resolve({ code, output });
    });
  });
}

module.exports = { pulumiUp };
