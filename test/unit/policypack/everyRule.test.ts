import fc from "fast-check";
import type { FixturePolicy } from "../../../policypack/src/definePolicy";
import { createPolicies, templates } from "../../../policypack/src/policies";
import { COMPLIANT, FIXTURE_TYPE, judge, judgeBy, judgeStack, packIn, UNKNOWN, type Props } from "./judge";

const INPUTS = Object.keys(COMPLIANT);
const TEXTS = ["deviceCompliancePolicyId", "deviceDisplayName", "userName", "userPrincipalName", "deviceModel"];
const DATES = ["lastReportedDateTime", "complianceGracePeriodExpirationDateTime"];
const MANDATORY = ["deviceCompliancePolicyId", "platform", "status", ...DATES];
const URN = `urn:pulumi:dev::project::${FIXTURE_TYPE}::fixture`;

const KINDS: readonly [kind: string, value: unknown][] = [
  ["null", null],
  ["a number", 1769852400.5],
  ["an array", ["x"]],
  ["an object", { value: "x" }],
];

/** By rule, the beginning of each message that a property of a kind must give. All other rules must be silent. */
function expected(property: string, kind: string): Record<string, string> {
  const isNull = kind === "null";
  const numberKind = kind === "a number" ? "a number with a fraction" : kind;
  return {
    ...(isNull && MANDATORY.includes(property)
      ? { "required-fields": `${property} is null, but it is required. Fix: give ${property} ` }
      : {}),
    ...(!isNull && property === "status"
      ? { "status-enum": `status is ${kind}, which is not a complianceStatus value. Fix: use one of unknown, ` }
      : {}),
    ...(!isNull && DATES.includes(property)
      ? { "datetime-format": `${property} is ${kind}, which is no Edm.DateTimeOffset. Fix: give an existing date ` }
      : {}),
    ...(!isNull && TEXTS.includes(property)
      ? { "field-types": `${property} is ${kind}, which is no Edm.String. Fix: give a text, or leave it out ` }
      : {}),
    ...(!isNull && property === "platform"
      ? { "field-types": `platform is ${numberKind}, which is no Edm.Int32. Fix: give a whole number from ` }
      : {}),
  };
}

/** By rule, the properties without which it cannot decide. */
const READS: Readonly<Record<string, readonly string[]>> = {
  "status-enum": ["status"],
  "field-types": [...TEXTS, "platform"],
  "datetime-format": DATES,
  "datetime-order": DATES,
  "upn-shape": ["userPrincipalName"],
  "synthetic-identities": ["deviceDisplayName", "userName", "userPrincipalName"],
  "no-secrets": INPUTS,
  "unique-fixture": ["deviceCompliancePolicyId", "deviceDisplayName", "userPrincipalName"],
  "fixture-budget": ["status", "platform"],
};

describe.each(templates.map((template) => [template.name, template] as const))("%s", (name, template) => {
  const cells = INPUTS.flatMap((property) => KINDS.map(([kind, value]) => ({ property, kind, value })));

  it.each(cells)("takes $property that is $kind", ({ property, kind, value }) => {
    const { messages } = judge(template, { ...COMPLIANT, [property]: value });
    const beginning = expected(property, kind)[name];
    expect(messages).toEqual(beginning === undefined ? [] : [expect.stringMatching(`^${escape(beginning)}`)]);
  });

  it.each(INPUTS)("holds an unknown %s against nobody, and is undecided only if it needs it", (property) => {
    const pack = packIn();
    const props = { ...COMPLIANT, [property]: UNKNOWN };
    expect(judge(template, props, { pack }).messages).toEqual([]);
    const isNeeded = READS[name]?.includes(property) ?? false;
    const undecided = isNeeded ? [{ property, rules: [name] }] : [];
    // A rule that is done before it comes to the property needs it no more.
    if (name === "datetime-order" && property !== "lastReportedDateTime") return;
    expect(pack.undecided.take(URN)).toEqual(undecided);
  });

  it("says nothing of a fixture of which nothing is known", () => {
    if (name === "undecided") return;
    const props = Object.fromEntries(INPUTS.map((property) => [property, UNKNOWN]));
    expect(judge(template, props).messages).toEqual([]);
    expect(judgeStack(template, { a: props, b: props }).messages).toEqual([]);
  });
});

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

describe("all rules", () => {
  const canary = "canary";
  const canaries = [
    "canary7d1e",
    "canary 7d1e",
    "canary@real-company.com",
    "ca nary@x@canary.com",
    "CANARY-LAPTOP",
    "Password=canary7d1e-canary",
    `eyJcanarycanary.eyJcanarycanary.canary`,
    "2026-01-31canary",
    "canary".repeat(100),
  ];

  it.each(INPUTS.filter((name) => name !== "status").flatMap((property) => canaries.map((text) => [property, text])))(
    "never print %s: %s",
    (property = "", text = "") => {
      const said = [text, [text], { [canary]: text }, { inner: { value: text } }].flatMap((value) =>
        everyMessage({ [property]: value }),
      );
      expect(said.filter((message) => message.toLowerCase().includes(canary))).toEqual([]);
    },
  );

  it.each(canaries.slice(2))("never print a status that is no word: %s", (text) => {
    if (/^[A-Za-z _-]{1,40}$/.test(text)) return;
    expect(everyMessage({ status: text }).filter((message) => message.toLowerCase().includes(canary))).toEqual([]);
  });

  it("give each fixture the same findings in preview, whatever order the fixtures come in", () => {
    const fixtures: Record<string, Props> = {
      a: COMPLIANT,
      b: { ...COMPLIANT, status: "noncompliant" },
      c: { ...COMPLIANT, platform: "0", zeta: 1, alpha: 2 },
      d: { ...COMPLIANT, deviceDisplayName: "X", lastReportedDateTime: UNKNOWN },
    };
    const names = Object.keys(fixtures);
    const expectedFindings = findingsIn(names);
    fc.assert(
      fc.property(fc.shuffledSubarray(names, { minLength: names.length }), (order) => {
        expect(findingsIn(order)).toEqual(expectedFindings);
      }),
      { numRuns: 20 },
    );
    expect(expectedFindings.stack).toHaveLength(2);

    function findingsIn(order: readonly string[]) {
      const pack = packIn({ isPreview: true });
      const policies = createPolicies({}, pack);
      const said = order.map((name) => {
        const props = fixtures[name] ?? {};
        return [
          name,
          policies.flatMap((policy) => judgeBy(policy, props, { name, isPreview: true }).messages),
        ] as const;
      });
      const ordered = Object.fromEntries(order.map((name) => [name, fixtures[name] ?? {}]));
      return {
        fixtures: Object.fromEntries(said),
        stack: templates.flatMap((template) => judgeStack(template, ordered, { pack }).messages),
      };
    }
  });

  it("answer 10 000 generated fixtures without an exception and with one line for each finding", () => {
    const policies = createPolicies({}, packIn());
    fc.assert(
      fc.property(generatedProps, fc.string(), (props, name) => {
        const wrong = policies.flatMap((policy) =>
          judgeBy(policy, props, { name }).messages.filter((message) => !isWellFormed(message, policy)),
        );
        expect(wrong).toEqual([]);
      }),
      { numRuns: 10_000 },
    );
  });
});

it("stack rules answer 1000 generated stacks without an exception, in any order alike", () => {
  const config = { "fixture-budget": { maxPerStack: 2, maxPerStatus: 1, maxPerPlatform: 1 } };
  const stacks = templates.filter((template) => template.create(packIn()).kinds.includes("stack"));
  expect(stacks.map(({ name }) => name)).toEqual([
    "exemption-hygiene",
    "unique-fixture",
    "fixture-budget",
    "status-coverage",
  ]);
  const pack = packIn();
  fc.assert(
    fc.property(fc.array(generatedProps, { maxLength: 5 }), (list) => {
      const entries = list.map((props, index) => [`row-${index}`, props] as const);
      for (const template of stacks) {
        const circumstances = template.name in config ? { pack, config: config["fixture-budget"] } : { pack };
        const { messages } = judgeStack(template, Object.fromEntries(entries), circumstances);
        expect(judgeStack(template, Object.fromEntries([...entries].reverse()), circumstances).messages).toEqual(
          messages,
        );
        expect(messages.filter((message) => message.includes("could not judge"))).toEqual([]);
      }
    }),
    { numRuns: 1000 },
  );
});

/** One line that ends with the rule's id and page, shows no sentinel, and does not speak of a fault of the rule itself. */
function isWellFormed(message: string, { id, page }: FixturePolicy): boolean {
  const isOneLine = !message.includes("\n") && message.endsWith(` [${id}] ${page}`);
  return isOneLine && !message.includes(UNKNOWN) && !message.includes("could not judge this resource");
}

/** Everything that any rule says of a fixture with this change, in an update and as a stack. */
function everyMessage(change: Props): readonly string[] {
  const props = { ...COMPLIANT, ...change };
  const stack = { a: props, b: { ...props } };
  const pack = packIn();
  const config = { "fixture-budget": { maxPerStack: 1, maxPerStatus: 1, maxPerPlatform: 1 } };
  return templates.flatMap((template) => {
    const circumstances = template.name in config ? { pack, config: config["fixture-budget"] } : { pack };
    return [...judge(template, props, circumstances).messages, ...judgeStack(template, stack, circumstances).messages];
  });
}

const generatedValue = fc.oneof(
  fc.constantFrom<unknown>(UNKNOWN, null, "", " ", "compliant", "noncompliant", "2026-02-30T00:00:00Z", "a@b.example"),
  fc.string(),
  fc.double(),
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>([UNKNOWN], { inner: UNKNOWN }, { inner: [{ a: UNKNOWN }] }, "\u0000\ud83d\ude00\u202e"),
);

const generatedProps = fc
  .tuple(
    fc.dictionary(fc.constantFrom(...INPUTS), generatedValue),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom("constructor", "toString", "__provider")), generatedValue, {
      maxKeys: 2,
    }),
  )
  .map(([known, strange]): Props => ({ ...strange, ...known }));
