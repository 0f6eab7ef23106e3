import { join } from "node:path";
import { COMPLIANCE_STATUSES } from "pulumi-intune/model";
import { secret, startAnalyzer, UNKNOWN, type Analyzer, type Properties } from "pulumi-intune-policies/testing";

const FIXTURE = "pulumi-nodejs:dynamic/intune:DeviceComplianceDeviceStatus";
const CANARY = "canary-7d1e";
const IDENTITY = ["deviceDisplayName", "userName", "userPrincipalName"];
const DATES = ["complianceGracePeriodExpirationDateTime", "lastReportedDateTime"];
const REQUIRED = ["deviceCompliancePolicyId", "platform", DATES[0], "status", DATES[1]] as string[];

/** The policies that are read a second time below. */
const JUDGED_TWICE = ["status-enum", "required-fields", "datetime-format"];

describe("the policy pack under generated inputs", () => {
  let analyzer: Analyzer;

  beforeAll(async () => {
    analyzer = await startAnalyzer(join(__dirname, "../../policypack"));
  });
  afterAll(() => analyzer.stop());

  it("answers 500 generated resources, finds what an independent reading finds, and shows no identity", async () => {
    const random = generator(20260131);
    for (let round = 0; round < 500; round++) {
      const props = randomFixture(random);
      const diagnostics = (await analyzer.analyze({ type: FIXTURE, name: "fixture", props })).diagnostics;
      const seen = diagnostics
        .filter(({ policy }) => JUDGED_TWICE.includes(policy))
        .map(({ policy, message }) => `${policy} ${message.split("\n")[1]?.split(/[ ,]/)[0] ?? ""}`);
      expect({ props, seen }).toEqual({ props, seen: expectedFindings(props) });
      const canary = [CANARY, UNKNOWN].find((text) => JSON.stringify(diagnostics).includes(text));
      expect({ props, canary }).toEqual({ props, canary: undefined });
    }
  });
});

/** mulberry32: the same numbers in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function randomFixture(random: () => number): Properties {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const texts = [
    ...COMPLIANCE_STATUSES,
    "",
    " ",
    "noncompliant",
    "2026-01-31T09:30:00Z",
    "2026-02-30T00:00:00Z",
    "\u0000\ud83d\ude00\u202e",
    "x".repeat(9000),
  ];
  const value = (depth: number): Properties[string] => {
    const kind = random() * (depth > 2 ? 7 : 10);
    if (kind < 3) return pick(texts);
    if (kind < 4) return UNKNOWN;
    if (kind < 5) return pick([0, -1, 1.5, 1e300]);
    if (kind < 6) return random() < 0.5;
    if (kind < 7) return null;
    if (kind < 8) return Array.from({ length: Math.floor(random() * 4) }, () => value(depth + 1));
    if (kind < 9) return secret(value(depth + 1));
    return Object.fromEntries(pick([[], ["constructor"], ["length", "value"]]).map((key) => [key, value(depth + 1)]));
  };
  const named = ["deviceModel", "extra", "constructor", ...REQUIRED].filter(() => random() < 0.85);
  const others = named.map((name) => [name, value(0)] as const);
  const identities = IDENTITY.map(
    (name) => [name, pick<Properties[string]>([CANARY, { name: CANARY }, [CANARY, UNKNOWN]])] as const,
  );
  return Object.fromEntries([...others, ...identities]);
}

/** The findings by policy and property, told without the pack: a second reading of the three rules for the values above. */
function expectedFindings(props: Properties): string[] {
  const values = Object.entries(props).map(([name, value]) => [name, plain(value)] as const);
  const known = new Map(values.filter(([, value]) => value !== UNKNOWN));
  const given = new Map([...known].filter(([, value]) => value !== null));
  const isBlank = (name: string) =>
    !(name in props) || (known.has(name) && [null, "", " "].includes(known.get(name) as string));
  const isStatus = (value: unknown) =>
    typeof value === "string" && COMPLIANCE_STATUSES.some((status) => status === value);
  return [
    ...["status"].filter((name) => given.has(name) && !isStatus(given.get(name))).map((name) => `status-enum ${name}`),
    ...REQUIRED.filter(isBlank).map((name) => `required-fields ${name}`),
    ...DATES.filter((name) => given.has(name) && given.get(name) !== "2026-01-31T09:30:00Z").map(
      (name) => `datetime-format ${name}`,
    ),
  ];
}

/** The value inside a secret, which is how a policy receives it. */
function plain(value: unknown): unknown {
  const isSecret =
    typeof value === "object" && value !== null && !Array.isArray(value) && "4dabf18193072939515e22adb298388d" in value;
  return isSecret ? plain((value as { value?: unknown }).value) : value;
}
