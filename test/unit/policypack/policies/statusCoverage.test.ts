import { statusCoverage } from "../../../../policypack/src/policies/statusCoverage";
import { COMPLIANT, judgeStack, UNKNOWN, type Props } from "../judge";

const required = ["conflict", "compliant", "nonCompliant"];
const judged = (fixtures: Record<string, Props>, config: Props = { required }) =>
  judgeStack(statusCoverage, fixtures, { config }).messages;
const compliant = { ...COMPLIANT, status: "compliant" };

describe("status-coverage", () => {
  it("accepts a stack that shows what is required, and any without configuration", () => {
    expect(judged({ a: COMPLIANT, b: compliant, c: { ...COMPLIANT, status: "conflict" } })).toEqual([]);
    expect(judged({ a: COMPLIANT }, {})).toEqual([]);
  });

  it("names what is missing, in the enum's order", () => {
    expect(judged({ a: COMPLIANT })).toEqual([
      "The stack holds no fixture with status compliant, conflict. " +
        "Fix: declare a fixture with each of them, or take them out of the option required [DCS013] docs/rules/status-coverage.md",
    ]);
  });

  it("says nothing of a stack without fixtures, or while a status is not known", () => {
    expect(judged({})).toEqual([]);
    expect(judged({ a: COMPLIANT, b: { ...COMPLIANT, status: UNKNOWN } })).toEqual([]);
  });

  it.each([[null], [7], [["compliant"]], [{ status: UNKNOWN }], [undefined]])("counts %j as no status", (status) => {
    expect(judged({ a: { ...COMPLIANT, status } }, { required: ["compliant"] })).toHaveLength(1);
  });
});
