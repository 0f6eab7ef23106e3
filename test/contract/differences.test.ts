import { readFileSync } from "node:fs";
import path from "node:path";
import { DIFFERENCES } from "./support/differences";

const DOC = path.resolve(__dirname, "../../docs/emulator-surface.md");

test.each(Object.entries(DIFFERENCES))("docs/emulator-surface.md says of %s what the tests hold", (_, text) => {
  // The page is wrapped at a width, and these are not.
  expect(readFileSync(DOC, "utf8").replace(/\s+/g, " ")).toContain(text);
});
