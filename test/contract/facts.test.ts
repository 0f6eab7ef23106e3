import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { FACTS, operations, routes, schema } from "./support/facts";

const ROOT = path.resolve(__dirname, "../..");
const SCRIPT = path.join(ROOT, "tools/contractFacts.js");
/** A folder that is named must be there; the one beside a checkout may be missing. */
const NAMED = process.env["GRAPH_DATA"];
const GRAPH_DATA = NAMED ?? path.resolve(ROOT, "../shared/graph-data");
const FILES = ["observed.json", "operations.json", "routes.json", "schema.json"];

const make = (graphData: string, folder: string): ReturnType<typeof spawnSync> =>
  spawnSync(process.execPath, [SCRIPT, graphData, folder], { encoding: "utf8" });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "contract-facts-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const title = "tools/contractFacts.js makes the committed facts of the Graph data, byte by byte";
if (NAMED !== undefined || existsSync(GRAPH_DATA)) {
  test(title, () => {
    const { status, stderr } = make(GRAPH_DATA, folder);
    expect([status, stderr]).toEqual([0, ""]);
    expect(readdirSync(folder).sort()).toEqual(FILES);
    for (const name of FILES) {
      expect(readFileSync(path.join(folder, name), "utf8")).toBe(readFileSync(path.join(FACTS, name), "utf8"));
    }
  });
} else {
  test.skip(`${title}: there is no Graph data here, name its folder in GRAPH_DATA`, () => undefined);
}

test("every file of facts names repository, commit and licence of its source", () => {
  expect(readdirSync(FACTS).sort()).toEqual(FILES);
  for (const name of ["operations.json", "routes.json", "schema.json"]) {
    const { source, sources = [source] } = JSON.parse(readFileSync(path.join(FACTS, name), "utf8")) as {
      source?: unknown;
      sources?: unknown[];
    };
    for (const one of sources) {
      expect(one).toMatchObject({
        repository: expect.stringMatching(/^microsoft(graph)?\/[\w-]+$/) as string,
        commit: expect.stringMatching(/^[0-9a-f]{40}$/) as string,
        licence: expect.stringMatching(/^MIT/) as string,
      });
    }
  }
});

// What a script that lost half of its input would change.
test("the facts are as many as Microsoft's files hold", () => {
  const types = Object.values(schema.types);
  expect({
    types: types.length,
    properties: types.flatMap(({ properties }) => Object.keys(properties)).length,
    betaOnly: types.flatMap(({ properties }) => Object.values(properties)).filter(({ versions }) => versions.length < 2)
      .length,
    complianceStatus: Object.keys(schema.enums["complianceStatus"] ?? {}).length,
    routes: routes.length,
    routeVersions: routes.flatMap(({ versions }) => versions).length,
    operations: operations.length,
  }).toEqual({
    types: 32,
    properties: 350,
    betaOnly: 103,
    complianceStatus: 8,
    routes: 57,
    routeVersions: 103,
    operations: 10,
  });
});

test("a folder that is none, and no folder, end with one line and write nothing", () => {
  const missing = make(path.join(folder, "none"), folder);
  expect([missing.status, missing.stdout]).toEqual([1, ""]);
  expect(missing.stderr).toMatch(/^.*none holds no folder csdl\n$/);
  const usage = spawnSync(process.execPath, [SCRIPT], { encoding: "utf8" });
  expect([usage.status, usage.stdout]).toEqual([2, ""]);
  expect(usage.stderr).toMatch(/^usage: .*\n$/);
  expect(readdirSync(folder)).toEqual([]);
});
