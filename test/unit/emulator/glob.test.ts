import { matchesGlob } from "../../../emulator/src/world/glob";

test.each([
  ["/beta/deviceManagement/deviceCompliancePolicies", "/beta/deviceManagement/deviceCompliancePolicies", true],
  ["/beta/*/deviceCompliancePolicies", "/beta/deviceManagement/deviceCompliancePolicies", true],
  ["/*/deviceCompliancePolicies", "/beta/deviceManagement/deviceCompliancePolicies", false],
  ["/**/deviceStatuses", "/beta/deviceManagement/deviceCompliancePolicies/p/deviceStatuses", true],
  ["/**/deviceStatuses", "/beta/deviceManagement/deviceCompliancePolicies/p/deviceStatuses/s", false],
  ["/**/deviceStatuses/*", "/beta/deviceManagement/deviceCompliancePolicies/p/deviceStatuses/s", true],
  ["**", "/anything/at/all", true],
  ["/v1.0/x", "/v1x0/x", false],
  ["/beta/p('*')", "/beta/p('1')", true],
  ["/beta/p(1)+[a]$", "/beta/p(1)+[a]$", true],
  ["/beta", "/beta/x", false],
  ["", "/beta", false],
])("%s over %s: %s", (glob, path, expected) => {
  expect(matchesGlob(glob, path)).toBe(expected);
});

test("many wildcards against a long path take no longer than both are long", () => {
  const start = performance.now();
  expect(matchesGlob(`${"**a".repeat(100)}b`, "a".repeat(5_000))).toBe(false);
  expect(performance.now() - start).toBeLessThan(2_000);
});
