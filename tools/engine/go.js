"use strict";
const { spawnSync } = require("node:child_process");
const os = require("node:os");
const { isAtLeast } = require("../version.js");

/** The `go` line of tools/engine/go.mod, which is that of the CLI's own module. */
const MINIMUM_GO = "1.25.11";
/** From this version on, Go fetches a newer toolchain by itself (https://go.dev/doc/toolchain). */
const FIRST_SELF_UPDATING_GO = "1.21";
const GO_TIMEOUT_MS = 60_000;

/**
 * The environment for `go` in tools/engine, or why Go cannot be used. The user's proxy, cache and toolchain settings
 * stay; what would change the outcome of the build is fixed.
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ env: NodeJS.ProcessEnv } | { fault: string }}
 */
function findGo(env) {
  const fixed = {
    ...env,
    GO111MODULE: "on",
    GOWORK: "off",
    GOFLAGS: "-mod=readonly -buildvcs=false",
    CGO_ENABLED: "0",
  };
  // Not from inside the module: an older Go would start to fetch a toolchain only to answer.
  const answer = spawnSync("go", ["env", "-json", "GOVERSION", "GOTOOLCHAIN", "GOHOSTOS", "GOHOSTARCH"], {
    env: fixed,
    cwd: os.tmpdir(),
    encoding: "utf8",
    timeout: GO_TIMEOUT_MS,
  });
  if (answer.error) return { fault: "Go is not on PATH" };
  if (answer.status !== 0) return { fault: `\`go env\` fails (${answer.stderr.trim().split("\n")[0]})` };
  /** @type {Record<string, string>} */
  const { GOVERSION = "", GOTOOLCHAIN = "", GOHOSTOS = "", GOHOSTARCH = "" } = JSON.parse(answer.stdout);
  const fault = faultOf(GOVERSION, GOTOOLCHAIN);
  // A cross-compiling user's GOOS or GOARCH would give binaries that do not run here.
  return fault === undefined ? { env: { ...fixed, GOOS: GOHOSTOS, GOARCH: GOHOSTARCH } } : { fault };
}

/** @type {(version: string, toolchain: string) => string | undefined} */
function faultOf(version, toolchain) {
  if (isAtLeast(version, MINIMUM_GO)) return undefined;
  const fetchesNewer = toolchain === "auto" || toolchain.endsWith("+auto");
  if (isAtLeast(version, FIRST_SELF_UPDATING_GO) && fetchesNewer) return undefined;
  return `the Go on PATH is ${version || "of unknown version"}`;
}

module.exports = { findGo, MINIMUM_GO };
