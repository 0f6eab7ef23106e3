"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { makeFacts } = require("./contractFacts/makeFacts.js");
const { runMain } = require("./run.js");

const FACTS = path.resolve(__dirname, "../test/contract/facts");

/**
 * `node tools/contractFacts.js <graph-data> [<folder>]`: writes what the contract tests hold the emulator and the provider
 * against, from Microsoft's own metadata, pages and route list. The same input gives the same bytes.
 */
runMain(async () => {
  const [graphData, folder = FACTS, ...more] = process.argv.slice(2);
  if (graphData === undefined || more.length > 0) {
    process.stderr.write("usage: node tools/contractFacts.js <folder with the Graph data> [<folder to write to>]\n");
    return 2;
  }
  if (!fs.existsSync(path.join(graphData, "csdl"))) throw new Error(`${graphData} holds no folder csdl`);
  fs.mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(makeFacts(graphData))) {
    fs.writeFileSync(path.join(folder, name), text);
    process.stdout.write(`${name}: ${Buffer.byteLength(text)} bytes\n`);
  }
  return 0;
});
