import { fixtureBudget } from "../../../../policypack/src/policies/fixtureBudget";
import { COMPLIANT, judgeBy, judgeStack, packIn, UNKNOWN, type Circumstances, type Props } from "../judge";

const TAIL = "Fix: declare fewer fixtures, or raise the option that is named [DCS012] docs/rules/fixture-budget.md";
const error = { ...COMPLIANT, status: "error", platform: 1 };
const FOUR = { a: COMPLIANT, b: COMPLIANT, c: COMPLIANT, d: error };

describe("fixture-budget on a stack", () => {
  it("accepts what is within it", () => {
    const config = { maxPerStack: 4, maxPerStatus: 3, maxPerPlatform: 3 };
    expect(judgeStack(fixtureBudget, FOUR, { config }).messages).toEqual([]);
    expect(judgeStack(fixtureBudget, FOUR).messages).toEqual([]);
  });

  it.each([
    [{ maxPerStack: 3 }, "The stack holds 4 fixtures, and the option maxPerStack allows 3."],
    [
      { maxPerStatus: 2 },
      'The stack holds 3 fixtures with status "nonCompliant", and the option maxPerStatus allows 2.',
    ],
    [{ maxPerPlatform: 2 }, "The stack holds 3 fixtures with platform 5, and the option maxPerPlatform allows 2."],
    [{ maxPerStack: 0 }, "The stack holds 4 fixtures, and the option maxPerStack allows 0."],
  ])("says by how much %j is exceeded", (config, problem) => {
    expect(judgeStack(fixtureBudget, FOUR, { config }).messages).toEqual([`${problem} ${TAIL}`]);
  });

  it("says the same in any order, and counts fixtures of unknown status in the stack alone", () => {
    const config = { maxPerStack: 1, maxPerStatus: 1, maxPerPlatform: 1 };
    const { messages } = judgeStack(fixtureBudget, FOUR, { config });
    expect(messages).toHaveLength(3);
    expect(
      judgeStack(fixtureBudget, { d: error, c: COMPLIANT, b: COMPLIANT, a: COMPLIANT }, { config }).messages,
    ).toEqual(messages);
    const unknown = { ...COMPLIANT, status: UNKNOWN, platform: UNKNOWN };
    expect(judgeStack(fixtureBudget, { a: unknown, b: unknown }, { config }).messages).toEqual([
      `The stack holds 2 fixtures, and the option maxPerStack allows 1. ${TAIL}`,
    ]);
  });

  it("does not show a status that is none", () => {
    const props = { ...COMPLIANT, status: "hunter2@hunter2" };
    expect(judgeStack(fixtureBudget, { a: props, b: props }, { config: { maxPerStatus: 1 } }).messages).toEqual([
      `The stack holds 2 fixtures with status a string of 15 characters, and the option maxPerStatus allows 1. ${TAIL}`,
    ]);
  });
});

describe("fixture-budget in an update", () => {
  const start = (config: Props, circumstances: Circumstances = {}) => {
    const policy = fixtureBudget.create(packIn(circumstances));
    return (name: string, props: Props = COMPLIANT, stack = "dev") =>
      judgeBy(policy, props, { ...circumstances, config, name, stack }).messages;
  };

  it("stops at the first fixture beyond it, any number of times", () => {
    const judged = start({ maxPerStack: 2 });
    const beyond = [`This is number 3 of the stack's fixtures, and the option maxPerStack allows 2. ${TAIL}`];
    expect(["a", "a", "b", "b", "c", "c", "a"].map((name) => judged(name))).toEqual([
      [],
      [],
      [],
      [],
      beyond,
      beyond,
      [],
    ]);
    expect(judged("c", COMPLIANT, "other")).toEqual([]);
  });

  it("counts statuses and platforms on their own", () => {
    const judged = start({ maxPerStatus: 1, maxPerPlatform: 1 });
    expect([judged("a"), judged("b", error)]).toEqual([[], []]);
    expect(judged("c", { ...error, platform: 5 })).toEqual([
      `This is number 2 of the stack's fixtures with status "error", and the option maxPerStatus allows 1. ${TAIL}`,
      `This is number 2 of the stack's fixtures with platform 5, and the option maxPerPlatform allows 1. ${TAIL}`,
    ]);
  });

  it("leaves preview to the stack rule", () => {
    expect(start({ maxPerStack: 0 }, { isPreview: true })("a")).toEqual([]);
  });
});
