"use strict";
/*
 * Preloaded into every Node process of the engine: errors are inspected without colour, as NO_COLOR asks.
 * It is more than looks. The Pulumi SDK inspects a program's error in colour, and its source maps name frames such as
 * node_modules/@pulumi/resource.ts, on which Node 20.19.6 and later loop until memory for the string ends: a program
 * that throws would seem to hang for 20 to 40 seconds (https://github.com/nodejs/node/issues/64011).
 */
const util = require("node:util");

const { inspect } = util;

/** @type {(value: unknown, ...rest: [options?: import("node:util").InspectOptions]) => string} */
const inspectPlain = (value, ...rest) => {
  const [options] = rest;
  const isError = value instanceof Error && typeof options === "object";
  return inspect(value, ...(isError ? [{ ...options, colors: false }] : rest));
};

util.inspect = Object.assign(inspectPlain, inspect);
