import { engineConfig } from "pulumi-intune-policies/testing";

const policies = [
  {
    name: "one",
    level: "mandatory",
    schemaProperties: { limit: { type: "number", default: 3 }, list: { type: "array" } },
  },
  { name: "two", level: "advisory", schemaProperties: {} },
] as const;

it.each([
  ["nothing", {}, ["mandatory", { limit: 3 }], ["advisory", {}]],
  ["a level for all", { all: "disabled" }, ["disabled", { limit: 3 }], ["disabled", {}]],
  [
    "a level for one, which goes before all",
    { one: "advisory", all: "remediate" },
    ["advisory", { limit: 3 }],
    ["remediate", {}],
  ],
  ["options alone, which never lower a level", { one: { limit: 5 } }, ["mandatory", { limit: 5 }], ["advisory", {}]],
  [
    "options and a level",
    { two: { enforcementLevel: "mandatory", x: [1] }, environments: ["dev"] },
    ["mandatory", { limit: 3 }],
    ["mandatory", { x: [1] }],
  ],
] as const)("a file with %s", (_title, config, one, two) => {
  expect(engineConfig({ policies }, config)).toEqual({
    one: { level: one[0], options: one[1] },
    two: { level: two[0], options: two[1] },
  });
});

it("goes before what the pack's program says, which goes before the policies' own levels", () => {
  const initialConfig = {
    all: { level: "disabled", options: {} },
    one: { level: "advisory", options: { limit: 1, list: [1] } },
  } as const;
  expect(engineConfig({ policies, initialConfig }, { one: { list: [2] } })).toEqual({
    one: { level: "advisory", options: { limit: 1, list: [2] } },
    two: { level: "disabled", options: {} },
  });
});

it("sends entries for policies that do not exist, and refuses those without a level, as the engine does", () => {
  expect(engineConfig({ policies: [] }, { misspelt: "advisory" })).toEqual({
    misspelt: { level: "advisory", options: {} },
  });
  expect(() => engineConfig({ policies: [] }, { misspelt: { limit: 1 } })).toThrow('invalid enforcement level ""');
  expect(() => engineConfig({ policies }, { one: "madatory" })).toThrow('invalid enforcement level "madatory"');
});
