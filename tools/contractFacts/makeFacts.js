"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { documentedOperations } = require("./documentedOperations.js");
const { factText } = require("./factText.js");
const { mergeSchemas } = require("./mergeSchemas.js");
const { observedShapes } = require("./observedShapes.js");
const { readSchema } = require("./readSchema.js");
const { statusRoutes } = require("./statusRoutes.js");

/**
 * All facts as file name → JSON text.
 * @param {string} graphData
 * @returns {Record<string, string>}
 */
function makeFacts(graphData) {
  /** @type {(name: string) => string} */
  const text = (name) => fs.readFileSync(path.join(graphData, name), "utf8");
  const schemas = fs
    .readdirSync(path.join(graphData, "csdl"))
    .filter((name) => name.endsWith(".csdl.xml"))
    .map((name) => readSchema(text(`csdl/${name}`), name.startsWith("beta-") ? "beta" : "v1.0"));
  return {
    "schema.json": factText(mergeSchemas(schemas)),
    "operations.json": factText(
      documentedOperations(JSON.parse(text("docs-examples/deviceComplianceDeviceStatus.json"))),
    ),
    "routes.json": factText(statusRoutes(JSON.parse(text("status-endpoints.json")))),
    "observed.json": factText(observedShapes(JSON.parse(text("observed/observed-shapes.json")))),
  };
}

module.exports = { makeFacts };
