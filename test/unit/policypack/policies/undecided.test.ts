import { templates } from "../../../../policypack/src/policies";
import { COMPLIANT, judgeBy, packIn, UNKNOWN, type Props } from "../judge";

/** Judge a fixture by all policies, as the SDK's server does, and give what the last of them says. */
function judged(props: Props, disabled: readonly string[] = []) {
  const pack = packIn({ isPreview: true });
  const all = templates.filter(({ name }) => !disabled.includes(name)).map((template) => template.create(pack));
  return all.map((policy) => judgeBy(policy, props, { isPreview: true })).at(-1);
}

it("undecided says nothing of a fixture that is known", () => {
  expect(judged(COMPLIANT)?.messages).toEqual([]);
});

it("undecided names each unknown property once, with the rules that will judge it, in one advisory line", () => {
  const result = judged({
    ...COMPLIANT,
    status: UNKNOWN,
    lastReportedDateTime: UNKNOWN,
    deviceModel: { a: [UNKNOWN] },
  });
  expect(result?.messages).toEqual([
    "Undecided until pulumi up: deviceModel (no-secrets), " +
      "lastReportedDateTime (datetime-format, datetime-order, no-secrets), " +
      "status (fixture-budget, no-secrets, status-enum). [DCS017] docs/rules/undecided.md",
  ]);
  expect(result?.advisory).toEqual(result?.messages);
});

it("undecided leaves out rules that are disabled", () => {
  const result = judged({ ...COMPLIANT, status: UNKNOWN }, ["no-secrets", "fixture-budget"]);
  expect(result?.messages).toEqual([
    "Undecided until pulumi up: status (status-enum). [DCS017] docs/rules/undecided.md",
  ]);
});
