import { readFileSync } from "node:fs";
import path from "node:path";
import { DIFFERENCES } from "./support/differences";

const DOC = path.resolve(__dirname, "../../docs/emulator-surface.md");
const HEADING = "## Where it differs from Microsoft's own description";

test("docs/emulator-surface.md lists the differences that the tests hold, and no other", () => {
  const [, section = ""] = readFileSync(DOC, "utf8").split(HEADING);
  const [own = ""] = section.split("\n## ");
  const bullets = own.split(/\n(?=- |\n)/).filter((block) => block.startsWith("- "));
  // The page is wrapped at a width, and the texts of the tests are not.
  expect(bullets.map((bullet) => bullet.slice(2).replace(/\s+/g, " "))).toEqual(Object.values(DIFFERENCES));
});
