import { naming } from "../../../../policypack/src/policies/naming";
import { COMPLIANT, judge } from "../judge";

const judged = (name: string, pattern?: unknown) =>
  judge(naming, COMPLIANT, pattern === undefined ? { name } : { name, config: { pattern } }).messages;
const MESSAGE =
  "The logical name does not match the option pattern. Fix: rename the resource, with an alias for its old name " +
  "so that it is not replaced, or change the option pattern [DCS014] docs/rules/naming.md";

it.each(["overdue", "FIXTURE-LAPTOP-nonCompliant", "row-1"])("naming accepts %s", (name) => {
  expect(judged(name)).toEqual([]);
});

it.each(["overdue laptop", "ann@fixtures.example", "1st", "-x", "a/b", "x\n", ""])("naming rejects %j", (name) => {
  expect(judged(name)).toEqual([MESSAGE]);
});

it("naming takes the pattern from the option, for whole names", () => {
  expect(judged("fixture-1", "fixture-[0-9]|row")).toEqual([]);
  expect(judged("fixture-12", "fixture-[0-9]|row")).toEqual([MESSAGE]);
  expect(judged("overdue", "[")).toEqual([]);
});
