"use strict";
/**
 * `npm start`: the main job, once through. Fixtures declared in examples/quickstart are gated by policypack/, created by
 * the real Pulumi engine behind the emulator, and read back by an ordinary HTTP client.
 */
const fs = require("node:fs");
const path = require("node:path");
const { parseArgs } = require("node:util");
const { ensureEngine } = require("./engine/ensureEngine.js");
const { ensureBuilt, ensureInstalled } = require("./install.js");
const { runMain } = require("./run.js");
const { startEmulatorProcess } = require("./start/emulatorProcess.js");
const { createGraphReader } = require("./start/graphReader.js");
const { pulumiUp } = require("./start/pulumiUp.js");

const ROOT = path.resolve(__dirname, "..");
/** State of the emulator and of the stack, so that a second run finds what the first has made. */
const DEFAULT_STATE = path.join(ROOT, ".local", "start");

const HELP = `npm start [-- --reset] [--state <folder>]
  Declares, gates and creates the fixtures of examples/quickstart behind a local emulator, then reads them back.
  --reset            forget what earlier runs have made
  --state <folder>   keep the emulator's and the stack's state there, not in ${path.relative(ROOT, DEFAULT_STATE)}
`;

/** @type {(text: string) => void} */
const say = (text) => void process.stdout.write(`${text}\n`);

async function main() {
  const { values } = parseArgs({
    options: { reset: { type: "boolean" }, state: { type: "string" }, help: { type: "boolean" } },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const folder = path.resolve(values.state ?? DEFAULT_STATE);
  if (values.reset) fs.rmSync(folder, { recursive: true, force: true });
  assertWritable(folder);
  await ensureInstalled();
  await ensureBuilt();
  const engine = await ensureEngine();
  say(`Engine: ${engine.describe}`);
  const emulator = await startEmulatorProcess({ root: ROOT, data: path.join(folder, "emulator") });
  try {
    await run({ engine, folder, ready: emulator.ready });
  } finally {
    await emulator.stop();
  }
  say(
    "\nEverything is stopped. Next: README.md shows how to run the emulator by itself and your own program against it.",
  );
  return 0;
}

/** @type {(parts: { engine: import("./engine/engine.js").Engine, folder: string, ready: import("./start/emulatorProcess.js").Ready }) => Promise<void>} */
async function run({ engine, folder, ready }) {
  say(`Emulator: ${ready.graphEndpoint} (state in ${path.relative(ROOT, folder)})`);
  const graph = await createGraphReader(ready);
  const policyId = await graph.ensurePolicy();
  say(`Compliance policy: ${policyId}\n\npulumi up of examples/quickstart, gated by policypack:`);
  const { isUnchanged } = await pulumiUp({ root: ROOT, folder, engine, ready, policyId });
  const rows = await graph.deviceStatuses(policyId);
  if (rows.length === 0) throw new Error("pulumi up ended well, but Graph lists no deviceStatuses under the policy.");
  say(isUnchanged ? "\nNo changes: the fixtures were there already." : "\nThe fixtures were created or changed.");
  say(`GET …/deviceCompliancePolicies/${policyId}/deviceStatuses, read by a plain HTTP client:`);
  for (const row of rows) say(JSON.stringify(row, undefined, 2));
}

/** @type {(folder: string) => void} */
function assertWritable(folder) {
  try {
    fs.mkdirSync(folder, { recursive: true });
    fs.accessSync(folder, fs.constants.W_OK);
  } catch (error) {
    throw new Error(
      `The state folder ${folder} cannot be written (${/** @type {Error} */ (error).message}): make it writable, remove it, or choose another with npm start -- --state <folder>.`,
      { cause: error },
    );
  }
}

runMain(main);
