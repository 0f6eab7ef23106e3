/**
 * Four levels, each with one job: unit (no sockets), contract (emulator and provider against Microsoft's own metadata),
 * protocol (real processes, no engine), engine (the real Pulumi CLI).
 */
const transform = {
  "^.+\\.ts$": ["ts-jest", { tsconfig: "<rootDir>/test/tsconfig.json" }],
};
const project = (name) => ({
  displayName: name,
  rootDir: __dirname,
  testEnvironment: "node",
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  transform,
  modulePathIgnorePatterns: ["<rootDir>/.local/"],
});
module.exports = {
  projects: ["unit", "contract", "protocol", "engine"].map(project),
  // For tests that start processes; those with the engine set a longer one.
  testTimeout: 60_000,
  reporters: ["default", "<rootDir>/test/support/closingLine.js"],
};
