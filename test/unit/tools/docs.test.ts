import { readFileSync } from "node:fs";
import path from "node:path";
import { type Setting, SETTINGS } from "../../../provider/src/graph/settingsTable";
import { withSettings } from "../../../tools/docs/settingsTable.js";

const readme = readFileSync(path.resolve(__dirname, "../../../provider/README.md"), "utf8");

test("the settings in provider/README.md are those of the code (if not: npm run docs)", () => {
  expect(withSettings(readme, SETTINGS)).toBe(readme);
});

test("every setting has a key of its own, a variable and a meaning; secrets are marked", () => {
  const settings: readonly Setting[] = SETTINGS;
  const keys = SETTINGS.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  expect(settings.filter(({ variables, meaning }) => variables.length === 0 || meaning === "")).toEqual([]);
  const secrets = SETTINGS.filter((setting) => "secret" in setting).map(({ key }) => key);
  expect(secrets).toEqual([
    "clientSecret",
    "clientCertificate",
    "clientCertificatePassword",
    "oidcToken",
    "oidcRequestToken",
  ]);
});

test("a readme without the marks is told", () => {
  expect(() => withSettings("# Readme", SETTINGS)).toThrow("there are no marks");
});
