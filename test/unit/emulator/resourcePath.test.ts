import { canonicalPath, matchTemplate, parseResourcePath } from "../../../emulator/src/graph/resourcePath";

const TEMPLATE = "deviceManagement/deviceCompliancePolicies/{p}/deviceStatuses/{s}";
const keysOf = (path: string): unknown => matchTemplate(TEMPLATE, parseResourcePath(path));

test.each([
  ["deviceManagement/deviceCompliancePolicies/1/deviceStatuses/2", { p: "1", s: "2" }],
  ["deviceManagement/deviceCompliancePolicies('1')/deviceStatuses('2')", { p: "1", s: "2" }],
  ["deviceManagement/deviceCompliancePolicies/1/deviceStatuses('2')", { p: "1", s: "2" }],
  ["/deviceManagement/deviceCompliancePolicies(%271%27)/deviceStatuses/2/", { p: "1", s: "2" }],
  ["deviceManagement/deviceCompliancePolicies('o''brien')/deviceStatuses/a%2Fb", { p: "o'brien", s: "a/b" }],
  ["deviceManagement/deviceCompliancePolicies('a%2Fb')/deviceStatuses('100%25')", { p: "a/b", s: "100%" }],
  ["deviceManagement/deviceCompliancePolicies('$x')/deviceStatuses/%20", { p: "$x", s: " " }],
])("%s addresses one entity", (path, keys) => {
  expect(keysOf(path)).toEqual(keys);
});

test.each([
  "deviceManagement/deviceCompliancePolicies/1/deviceStatuses",
  "deviceManagement/deviceCompliancePolicies/1/deviceStatuses/$count",
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
