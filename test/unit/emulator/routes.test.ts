import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { refuseRoute } from "../../../emulator/src/graph/refuseRoute";
import { ROUTES } from "../../../emulator/src/graph/routes";

const PAGE = join(__dirname, "../../../docs/emulator-surface.md");
const HEADING = "| path | versions | documented | observed |";

const verbsOf = (verbs: (typeof ROUTES)[number]["documented"]): string => {
  const served = Object.keys(verbs).filter((verb) => verbs[verb] !== refuseRoute);
  return served.length === 0 ? "no route" : served.join(", ");
};
const rows = ROUTES.filter(({ template }) => !template.includes("microsoft.graph.")).map((route) => [
  `\`${route.template.replaceAll(/\{\w+\}/g, "{id}")}\``,
  route.versions.length === 2 ? "both" : route.versions.join(),
  verbsOf(route.documented),
  verbsOf(route.observed),
]);

/** Cells of the table under the heading, however wide the columns are. */
function tableIn(text: string): string[][] {
  const lines = text.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
  const heading = HEADING.split("|").map((cell) => cell.trim());
  const start = lines.findIndex((cells) => cells.join() === heading.join());
  const table = lines.slice(start + 2);
  const end = table.findIndex((cells) => cells.length < 2);
  return table.slice(0, end).map((cells) => cells.slice(1, -1));
}

test("docs/emulator-surface.md lists the routes and what they answer (UPDATE_DOCS=1 writes it, prettier aligns it)", () => {
  const text = readFileSync(PAGE, "utf8");
  if (process.env["UPDATE_DOCS"] === "1") {
    const table = [HEADING, "| --- | --- | --- | --- |", ...rows.map((row) => `| ${row.join(" | ")} |`)].join("\n");
    writeFileSync(PAGE, text.replace(/\| path [\s\S]*?\n\n/, `${table}\n\n`));
  }
  expect(tableIn(readFileSync(PAGE, "utf8"))).toEqual(rows);
});

test("no path is there twice, and every one hangs below a singleton", () => {
  const templates = ROUTES.map(({ template }) => template.replaceAll(/\{\w+\}/g, "{}"));
  expect(new Set(templates).size).toBe(templates.length);
  expect(ROUTES.filter(({ template, root }) => !template.startsWith(`${root}/`))).toEqual([]);
});
