import { exemptionHygiene } from "../../../../policypack/src/policies/exemptionHygiene";
import { COMPLIANT, judge, judgeStack, packIn, ROOT_STACK } from "../judge";

const TAIL = "Fix: correct the exemption, or take it out [DCS015] docs/rules/exemption-hygiene.md";
const SOUND = {
  policy: "status-enum",
  match: "archive-*",
  reason: "replays an export",
  owner: "fixtures team",
  expires: "2026-12-31",
};

const judged = (exemptions: unknown, more: Record<string, unknown> = {}) => {
  const pack = packIn();
  const { messages } = judge(exemptionHygiene, {}, { type: ROOT_STACK, config: { exemptions, ...more }, pack });
  return { messages, inForce: pack.exemptions.map(({ policy }) => policy) };
};

describe("exemption-hygiene", () => {
  it("keeps a sound exemption", () => {
    expect(judged([SOUND])).toEqual({ messages: [], inForce: ["status-enum"] });
  });

  it.each<[string, Record<string, unknown>, string]>([
    [
      "an unknown policy",
      { policy: "status-enums" },
      '(status-enums) names no policy of this pack. Did you mean "status-enum"?',
    ],
    ["a policy with blanks", { policy: "a b@c" }, "names no policy of this pack."],
    ["tenant-guard", { policy: "tenant-guard" }, "(tenant-guard) names a policy that cannot be exempted."],
    ["no-secrets", { policy: "no-secrets" }, "(no-secrets) names a policy that cannot be exempted."],
    ["itself", { policy: "exemption-hygiene" }, "(exemption-hygiene) names a policy that cannot be exempted."],
    [
      "every resource",
      { match: "**" },
      "(status-enum) covers every resource; set the policy's level instead, where that is meant.",
    ],
    ["a short reason", { reason: " because " }, "(status-enum) has a reason of fewer than 10 characters."],
    [
      "a day that does not exist",
      { expires: "2026-02-30" },
      "(status-enum) has an expiry that is no date; write it like 2026-12-31.",
    ],
    [
      "a date of another form",
      { expires: "31.12.2026" },
      "(status-enum) has an expiry that is no date; write it like 2026-12-31.",
    ],
    ["yesterday", { expires: "2026-06-14" }, "(status-enum) expired after 2026-06-14."],
    ["too far a day", { expires: "2027-06-16" }, "(status-enum) expires on 2027-06-16, more than 365 days ahead."],
  ])("rejects %s, and exempts nothing by it", (_, change, fault) => {
    expect(judged([{ ...SOUND, ...change }])).toEqual({ messages: [`Exemption 1 ${fault} ${TAIL}`], inForce: [] });
  });

  it.each(["2026-06-15", "2026-06-16", "2027-06-15"])("keeps one that expires on %s", (expires) => {
    expect(judged([{ ...SOUND, expires }])).toEqual({ messages: [], inForce: ["status-enum"] });
  });

  it("takes the farthest day from the option", () => {
    expect(judged([{ ...SOUND, expires: "2026-06-16" }], { maxDays: 1 }).messages).toEqual([]);
    expect(judged([{ ...SOUND, expires: "2026-06-17" }], { maxDays: 1 }).messages).toHaveLength(1);
  });

  it.each<[string, unknown, string[]]>([
    ["no owner", { ...SOUND, owner: " " }, ["Exemption 2 has no owner."]],
    ["no fields", {}, ["policy", "match", "reason", "owner", "expires"].map((field) => `Exemption 2 has no ${field}.`)],
    [
      "a misspelt field",
      { ...SOUND, expiry: "2026-12-31" },
      ['Exemption 2 has "expiry" (string), which is none of policy, match, reason, owner, expires.'],
    ],
    ["a text", "status-enum", ["Exemption 2 is a string of 11 characters, not an object."]],
    ["null", null, ["Exemption 2 is null, not an object."]],
  ])("rejects an entry with %s, and keeps the others", (_, entry, faults) => {
    const { messages, inForce } = judged([SOUND, entry]);
    expect(inForce).toEqual(["status-enum"]);
    expect(messages).toEqual(
      faults.map(
        (fault) =>
          `${fault} Fix: correct the entry "exemption-hygiene" of the --policy-pack-config file [DCS015] docs/rules/exemption-hygiene.md`,
      ),
    );
  });

  it("says as advisory which exemption covers nothing", () => {
    const config = { exemptions: [SOUND, { ...SOUND, match: "fixture-1" }, { ...SOUND, match: "project-*" }] };
    const { messages, advisory } = judgeStack(exemptionHygiene, { "fixture-1": COMPLIANT }, { config });
    expect(messages).toEqual([
      "Exemption 1 (status-enum) covers no fixture of the stack. " +
        "Fix: take it out, or correct its match [DCS015] docs/rules/exemption-hygiene.md",
    ]);
    expect(advisory).toEqual(messages);
  });
});
