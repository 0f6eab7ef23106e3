import { upnShape } from "../../../../policypack/src/policies/upnShape";
import { judgeWith, UNKNOWN } from "../judge";

const PAGE = "[DCS006] docs/rules/upn-shape.md";
const judged = (value: unknown, options?: Record<string, unknown>) =>
  judgeWith(upnShape, "userPrincipalName", value, options);

describe("upn-shape", () => {
  it.each([
    "ann@fixtures.example",
    "o'neil.jr_1-2!#^~@sub.fixtures-1.example",
    `${"a".repeat(64)}@${"b".repeat(40)}.example`,
    "System account",
    "User Principal Name value",
  ])("accepts %s", (text) => {
    expect(judged(text)).toEqual([]);
  });

  it.each([
    ["ann", "has no @"],
    ["ann@b@c.example", "has more than one @"],
    ["ann lee@fixtures.example", "holds blanks"],
    ["ann@fixtures.example\n", "holds blanks"],
    ["@fixtures.example", "has nothing before the @"],
    ["ann@", "has no domain after the @"],
    ["ann@localhost", "has no domain after the @"],
    ["ann@.example", "has no domain after the @"],
    ["ann@-a.example", "has no domain after the @"],
    ["ann@fixtures..example", "has no domain after the @"],
    [".ann@fixtures.example", "has a dot at an end of the part before the @"],
    ["ann.@fixtures.example", "has a dot at an end of the part before the @"],
    ["änn@fixtures.example", "has characters before the @ that are not allowed there"],
    ["a+b@fixtures.example", "has characters before the @ that are not allowed there"],
    [`${"a".repeat(65)}@fixtures.example`, "has more than 64 characters before the @"],
    [`a@${"b".repeat(108)}.com`, "is longer than 113 characters"],
  ])("rejects %s without showing it", (text, fault) => {
    expect(judged(text)).toEqual([`userPrincipalName ${fault}. Fix: give a name such as ann@fixtures.example ${PAGE}`]);
  });

  it("accepts the listed domains and those below them only", () => {
    const domains = ["Fixtures.example"];
    expect(judged("ann@fixtures.example", { domains })).toEqual([]);
    expect(judged("ann@eu.FIXTURES.example", { domains })).toEqual([]);
    expect(judged("System account", { domains })).toEqual([]);
    for (const other of ["ann@notfixtures.example", "ann@contoso.example"])
      expect(judged(other, { domains })).toEqual([
        `userPrincipalName is of a domain that the option domains does not list. Fix: use one of the listed domains, or add this one ${PAGE}`,
      ]);
  });

  it.each([[null], [undefined], [UNKNOWN], [""], [" "], [7], [["ann"]], [{ name: UNKNOWN }]])(
    "says nothing of %j, which is the business of other rules",
    (value) => {
      expect(judged(value)).toEqual([]);
    },
  );
});
