import { documentedOperations } from "../../../tools/contractFacts/documentedOperations.js";
import { factText } from "../../../tools/contractFacts/factText.js";
import { mergeSchemas } from "../../../tools/contractFacts/mergeSchemas.js";
import { readSchema } from "../../../tools/contractFacts/readSchema.js";

const COMMIT = "0123456789abcdef0123456789abcdef01234567";

function csdl(elements: string, date = "2020-01-01", commit = COMMIT): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<!-- Source: owner/name schemas/x.csdl @ ${commit} (${date}). -->
<edmx:Edmx xmlns="http://docs.oasis-open.org/odata/ns/edm" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
  <edmx:DataServices><Schema Namespace="microsoft.graph" Alias="graph">${elements}</Schema></edmx:DataServices>
</edmx:Edmx>`;
}
const entity = (properties: string): string =>
  `<EntityType Name="row" BaseType="graph.entity">${properties}</EntityType>`;
const property = (name: string, type: string, nullable = ""): string =>
  `<Property Name="${name}" Type="${type}"${nullable} />`;
const NOT_NULL = ' Nullable="false"';

test("a schema is read with its source; a property is nullable unless it says otherwise", () => {
  const text = entity(property("a", "Edm.String") + property("b", "Edm.Int32", NOT_NULL));
  const { source, types } = readSchema(csdl(text), "beta");
  expect(source).toEqual({
    version: "beta",
    repository: "owner/name",
    path: "schemas/x.csdl",
    commit: COMMIT,
    date: "2020-01-01",
    licence: "MIT",
  });
  expect(types["row"]).toEqual({
    kind: "entity",
    base: "entity",
    abstract: false,
    properties: { a: { type: "Edm.String", nullable: true }, b: { type: "Edm.Int32", nullable: false } },
    navigation: {},
  });
});

test("a version has what any of its schemas has, whatever their order", () => {
  const older = readSchema(csdl(entity(property("a", "graph.level")) + enumOf("low"), "2020-01-01"), "beta");
  const newer = readSchema(csdl(entity(property("b", "graph.gone")) + enumOf("low", "high"), "2021-01-01"), "beta");
  const other = readSchema(csdl(entity(property("a", "graph.level")) + enumOf("low"), "2022-01-01"), "v1.0");
  const merged = mergeSchemas([older, newer, other]);
  expect(merged.types["row"]?.properties).toEqual({
    a: { type: "graph.level", nullable: true, versions: ["beta", "v1.0"] },
    b: { type: "graph.gone", nullable: true, versions: ["beta"] },
  });
  expect(merged.enums).toEqual({
    level: { low: { value: 0, versions: ["beta", "v1.0"] }, high: { value: 1, versions: ["beta"] } },
  });
  expect(merged.undefinedTypes).toEqual(["gone"]);
  expect(factText(mergeSchemas([other, newer, older]))).toBe(factText(merged));
});

const enumOf = (...members: string[]): string =>
  `<EnumType Name="level">${members.map((name, value) => `<Member Name="${name}" Value="${value}" />`).join("")}</EnumType>`;

test.each([
  ["a type", property("a", "Edm.Int32")],
  ["a nullability", property("a", "Edm.String", NOT_NULL)],
])("schemas that disagree on %s give no facts", (_, changed) => {
  const schemas = [property("a", "Edm.String"), changed].map((text) => readSchema(csdl(entity(text)), "beta"));
  expect(() => mergeSchemas(schemas)).toThrow("the schemas disagree on row a");
});

test("a schema without its source, and text that is no XML, are refused", () => {
  expect(() => readSchema(csdl("", "2020-01-01", "HEAD"), "beta")).toThrow("a CSDL fragment does not name its source");
  expect(() => readSchema(csdl("<EntityType>"), "beta")).toThrow();
  expect(() => readSchema(csdl("<EntityType />"), "beta")).toThrow("an element EntityType has no Name");
});

test("a page with two examples of its endpoint is refused", () => {
  const page = { source: "page.md", endpoints: ["GET /a"], permissions: {}, response: ["200 OK"], examples: [] };
  expect(() => documentedOperations({ repo: "r", commit: COMMIT, operations: { "beta/a/get": page } })).toThrow(
    "page.md has not one endpoint with one example",
  );
});

test("facts are one a line and JSON", () => {
  const value = { a: { b: 1, c: ["x", null] }, d: Array.from({ length: 30 }, (_, index) => `item ${index}`), e: {} };
  const text = factText(value);
  expect(JSON.parse(text)).toEqual(value);
  expect(text.split("\n").slice(0, 4)).toEqual([
    "{",
    '  "a": { "b": 1, "c": ["x", null] },',
    '  "d": [',
    '    "item 0",',
  ]);
  expect(text.endsWith('],\n  "e": {}\n}\n')).toBe(true);
});
