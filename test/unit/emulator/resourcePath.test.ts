import { canonicalPath, parseResourcePath } from "../../../emulator/src/graph/resourcePath";
import { RouteTree } from "../../../emulator/src/graph/routeTree";

const TEMPLATE = "deviceManagement/deviceCompliancePolicies/{p}/deviceStatuses/{s}";
const tree = new RouteTree([{ template: TEMPLATE }]);
const keysOf = (path: string): unknown => tree.find(path)?.keys;

test.each([
  ["deviceManagement/deviceCompliancePolicies/1/deviceStatuses/2", { p: "1", s: "2" }],
  ["deviceManagement/deviceCompliancePolicies('1')/deviceStatuses('2')", { p: "1", s: "2" }],
  ["deviceManagement/deviceCompliancePolicies/1/deviceStatuses('2')", { p: "1", s: "2" }],
  ["/deviceManagement/deviceCompliancePolicies(%271%27)/deviceStatuses/2/", { p: "1", s: "2" }],
  ["deviceManagement/deviceCompliancePolicies('o''brien')/deviceStatuses/a%2Fb", { p: "o'brien", s: "a/b" }],
  ["deviceManagement/deviceCompliancePolicies('a%2Fb')/deviceStatuses('100%25')", { p: "a/b", s: "100%" }],
  [
    "deviceManagement/deviceCompliancePolicies('f()')/deviceStatuses('microsoft.graph.x')",
    { p: "f()", s: "microsoft.graph.x" },
  ],
  ["deviceManagement/deviceCompliancePolicies('$x')/deviceStatuses/%20", { p: "$x", s: " " }],
])("%s addresses one entity", (path, keys) => {
  expect(keysOf(path)).toEqual(keys);
});

test.each([
  "deviceManagement/deviceCompliancePolicies/1/deviceStatuses",
  "deviceManagement/deviceCompliancePolicies/1/deviceStatuses/$count",
  "deviceManagement/deviceCompliancePolicies/1/deviceStatuses/microsoft.graph.deviceComplianceDeviceStatus",
  "deviceManagement/deviceCompliancePolicies/getDevices()/deviceStatuses/2",
  "deviceManagement('x')/deviceCompliancePolicies/1/deviceStatuses/2",
  "deviceManagement/deviceCompliancePolicies(1)/deviceStatuses/2",
  "devicemanagement/devicecompliancepolicies/1/devicestatuses/2",
  "deviceManagement/deviceCompliancePolicies/1/deviceStatuses/2/x",
])("%s does not", (path) => {
  expect(keysOf(path)).toBeUndefined();
});

test("a broken percent escape is refused by name", () => {
  expect(() => parseResourcePath("deviceManagement/%zz")).toThrow("'%zz'");
});

test("the canonical path has its keys in parentheses, quotes doubled", () => {
  expect(canonicalPath(TEMPLATE, { p: "1", s: "o'brien" })).toBe(
    "deviceManagement/deviceCompliancePolicies('1')/deviceStatuses('o''brien')",
  );
});

test("a literal name goes before a key, and each template finds its own route", () => {
  const templates = ["a/{x}", "a/b", "a/{x}/c", "a/$count", "a"];
  const routes = new RouteTree(templates.map((template) => ({ template })));
  const found = (path: string): unknown[] => {
    const { route, keys } = routes.find(path) ?? {};
    return [route?.template, keys];
  };
  expect(["a", "a/b", "a/1", "a('b')", "a/1/c", "a/$count"].map(found)).toEqual([
    ["a", {}],
    ["a/b", {}],
    ["a/{x}", { x: "1" }],
    ["a/{x}", { x: "b" }],
    ["a/{x}/c", { x: "1" }],
    ["a/$count", {}],
  ]);
  expect(["", "b", "a/1/c/d", "a/$value"].map(found)).toEqual(Array(4).fill([undefined, undefined]));
});
