import { writeFileSync } from "node:fs";
import path from "node:path";
import { type Deployment, deployPolicies, POLICY_PACK } from "../support/deployment";
import { describeEngine } from "../support/pulumiProject";
import { closeTenants } from "../support/tenant";

type Row = Readonly<Record<string, unknown>>;
type Rows = Readonly<Record<string, Row>>;

const ROW: Row = {
  deviceDisplayName: "FIXTURE-1",
  userName: "Fixture Ann",
  userPrincipalName: "ann@fixtures.example",
  platform: 0,
  status: "nonCompliant",
  lastReportedDateTime: "2026-01-02T03:04:05Z",
  complianceGracePeriodExpirationDateTime: "9999-12-31T23:59:59.9999999Z",
};
/** A row with a fault that the provider's check would see too: declared by a program that does not use it. */
const unchecked = (change: Row): Row => ({ ...ROW, ...change, checked: false });

interface Case {
  readonly rule: string;
  readonly rows: Rows;
  readonly config?: Readonly<Record<string, unknown>>;
  /** A part of the finding; the CLI breaks no lines when it is not at a terminal. */
  readonly finding: string;
  /** How many rows an update has made when it stops; undefined for a rule that sees the stack after the fact alone. */
  readonly madeBefore?: number;
}

const twins: Rows = { one: ROW, two: { ...ROW, after: "one" } };
const pair: Rows = { one: ROW, two: { ...ROW, deviceDisplayName: "FIXTURE-2", after: "one" } };

const CASES: readonly Case[] = [
  {
    rule: "DCS001",
    rows: { row: unchecked({ status: "inGracePeriod" }) },
    finding: 'status is "inGracePeriod" (string), which is not a complianceStatus value. Did you mean "nonCompliant"?',
    madeBefore: 0,
  },
  {
    rule: "DCS002",
    rows: { row: unchecked({ platform: null }) },
    finding: "platform is null, but it is required.",
    madeBefore: 0,
  },
  {
    rule: "DCS003",
    rows: { row: unchecked({ lastReportedDateTime: "2026-02-30T00:00:00Z" }) },
    finding: "it names day 30 of 2026-02, which does not exist.",
    madeBefore: 0,
  },
  {
    rule: "DCS004",
    rows: { row: unchecked({ platform: "0" }) },
    finding: "platform is a string of 1 character, which is no Edm.Int32.",
    madeBefore: 0,
  },
  {
    rule: "DCS005",
    rows: { row: { ...ROW, lastReportedDateTime: "2098-01-01T00:00:00Z" } },
    finding: 'lastReportedDateTime is "2098-01-01T00:00:00Z" (string), which lies in the future.',
    madeBefore: 0,
  },
  {
    rule: "DCS006",
    rows: { row: { ...ROW, userPrincipalName: "ann canary@fixtures.example" } },
    finding: "userPrincipalName holds blanks.",
    madeBefore: 0,
  },
  {
    rule: "DCS007",
    rows: { row: { ...ROW, deviceDisplayName: "CANARY-LAPTOP" } },
    config: { "synthetic-identities": "mandatory" },
    finding: "deviceDisplayName begins with none of the prefixes of test names.",
    madeBefore: 0,
  },
  {
    rule: "DCS008",
    rows: { row: { ...ROW, deviceModel: "Password=canary-canary" } },
    finding: "deviceModel holds what looks like a connection string.",
    madeBefore: 0,
  },
  {
    rule: "DCS009",
    rows: { row: ROW },
    config: { "tenant-guard": { allowedTenants: ["fixtures.example"] } },
    finding: "intune:tenantId is a tenant that the option allowedTenants does not list.",
    madeBefore: 0,
  },
  {
    rule: "DCS010",
    rows: { row: ROW },
    config: { "graph-endpoint": { allowLoopback: false } },
    finding: "intune:graphEndpoint is this machine, which the option allowLoopback rules out.",
    madeBefore: 0,
  },
  { rule: "DCS011", rows: twins, finding: 'are those of the fixture "one".', madeBefore: 1 },
  {
    rule: "DCS012",
    rows: pair,
    config: { "fixture-budget": { maxPerStack: 1 } },
    finding: "and the option maxPerStack allows 1.",
    madeBefore: 1,
  },
  {
    rule: "DCS013",
    rows: { row: ROW },
    config: { "status-coverage": { enforcementLevel: "mandatory", required: ["compliant"] } },
    finding: "The stack holds no fixture with status compliant.",
  },
  {
    rule: "DCS014",
    rows: { "a row": ROW },
    config: { naming: "mandatory" },
    finding: "The logical name does not match the option pattern.",
    madeBefore: 0,
  },
  {
    rule: "DCS015",
    rows: { row: ROW },
    config: { "exemption-hygiene": { exemptions: [{ policy: "no-secrets", match: "row" }] } },
    finding: "Exemption 1 has no reason.",
    madeBefore: 0,
  },
  {
    rule: "DCS016",
    rows: { row: ROW },
    config: { "tenant-gaurd": "mandatory" },
    finding: '"tenant-gaurd" (string) is no policy of this pack. Did you mean "tenant-guard"?',
    madeBefore: 0,
  },
];

describeEngine("the policy pack on the real engine", () => {
  let deployment: Deployment;

  beforeAll(async () => {
    deployment = await deployPolicies();
  });
  afterAll(closeTenants);

  /** Run the CLI over rows, with the pack and a configuration; the journal holds the run's requests afterwards. */
  async function run(command: readonly string[], rows: Rows, config: unknown) {
    const { project, tenant } = deployment;
    const profile = typeof config === "string" ? path.join(POLICY_PACK, `profiles/${config}.json`) : undefined;
    const file = profile ?? path.join(project.dir, "policy.json");
    if (profile === undefined) writeFileSync(file, JSON.stringify(config ?? {}));
    tenant.emulator.journal.clear();
    const { deviceCompliancePolicyId } = tenant;
    const withPolicy = Object.entries(rows).map(([name, row]) => [name, { deviceCompliancePolicyId, ...row }]);
    return project.run([...command, "--policy-pack", POLICY_PACK, "--policy-pack-config", file], {
      env: { ROWS: JSON.stringify(Object.fromEntries(withPolicy)) },
    });
  }
  const preview = (rows: Rows, config?: unknown) => run(["preview"], rows, config);
  const up = (rows: Rows, config?: unknown) => run(["up", "--yes", "--skip-preview"], rows, config);
  const posts = () => deployment.tenant.requests().filter((request) => request.startsWith("POST"));
  /** The ids of the rules that the CLI printed, each once. */
  const rulesIn = (text: string) => [...new Set([...text.matchAll(/\[(DCS\d{3})\]/g)].map(([, id]) => id))].sort();

  async function emptyStack(): Promise<void> {
    await deployment.project.runOk(["destroy", "--yes", "--skip-preview"]);
  }

  test.each(CASES)("$rule stops preview, and nothing is sent", async ({ rule, rows, config, finding }) => {
    const { exitCode, all } = await preview(rows, config);
    expect(all).toContain(finding);
    expect(rulesIn(all.replace(/\[DCS017\]/g, ""))).toEqual([rule]);
    expect(all).toContain("[mandatory]");
    expect(exitCode).not.toBe(0);
    expect(all.toLowerCase()).not.toContain("canary");
    expect(posts()).toEqual([]);
  });

  test.each(CASES.filter(({ madeBefore }) => madeBefore !== undefined))(
    "$rule stops up --skip-preview after $madeBefore rows",
    async ({ rows, config, finding, madeBefore = 0 }) => {
      const { exitCode, all } = await up(rows, config);
      expect(all).toContain(finding);
      expect(exitCode).not.toBe(0);
      expect(posts()).toHaveLength(madeBefore);
      if (madeBefore > 0) await emptyStack();
    },
  );

  test.each([
    ["lenient", false],
    ["ci", true],
    ["strict", true],
  ])("the profile %s lets a wrong status through to check: %s", async (profile, isMandatory) => {
    const { exitCode, all } = await preview({ row: unchecked({ status: "complaint" }) }, profile);
    expect(all).toMatch(new RegExp(`\\[${isMandatory ? "mandatory" : "advisory"}\\].*status-enum`));
    expect(all).toContain('status is "complaint" (string)');
    expect(exitCode === 0).toBe(!isMandatory);
  });

  const exemption = {
    policy: "datetime-order",
    match: "ro?",
    reason: "replays an export",
    owner: "fixtures team",
    expires: `${new Date().getUTCFullYear() + 1}-01-01`,
  };
  const late: Rows = { row: { ...ROW, lastReportedDateTime: "2098-01-01T00:00:00Z" } };
  const exempting = (change: Row) => ({
    "exemption-hygiene": { exemptions: [{ ...exemption, ...change }], maxDays: 3650 },
  });

  test("an exemption in force makes the finding advisory, and the row is made", async () => {
    const { exitCode, all } = await up(late, exempting({}));
    expect(all).toContain(
      `Exempted until ${exemption.expires} by fixtures team: replays an export. lastReportedDateTime is "2098-01-01T00:00:00Z"`,
    );
    expect(all).toMatch(/\[advisory\].*datetime-order/);
    expect(all).not.toContain("[mandatory]");
    expect(exitCode).toBe(0);
    expect(posts()).toHaveLength(1);
    await emptyStack();
  });

  test.each([
    ["expired", { expires: "2025-01-31" }, "Exemption 1 (datetime-order) expired after 2025-01-31."],
    [
      "of a rule that has none",
      { policy: "tenant-guard" },
      "Exemption 1 (tenant-guard) names a policy that cannot be exempted.",
    ],
  ])("an exemption %s lets nothing pass", async (_, change, fault) => {
    const { exitCode, all } = await preview(late, exempting(change));
    expect(all).toContain(fault);
    expect(all).toMatch(/\[mandatory\].*datetime-order/);
    expect(all).not.toContain("Exempted");
    expect(exitCode).not.toBe(0);
    expect(posts()).toEqual([]);
  });

  test("remediation corrects what is sent, and leaves the rest of the inputs", async () => {
    const rows = { row: unchecked({ status: "NON_COMPLIANT", lastReportedDateTime: "2026-01-02 03:04:05 UTC" }) };
    const { exitCode, all } = await up(rows, { "status-enum": "remediate", "datetime-format": "remediate" });
    expect(all).toMatch(/\[remediate\].*status-enum/);
    expect(exitCode).toBe(0);
    expect(posts()).toHaveLength(1);
    const { checked, ...sent } = { ...ROW, checked: undefined };
    expect(checked).toBeUndefined();
    expect(deployment.tenant.rows()).toMatchObject([
      { ...sent, lastReportedDateTime: expect.stringMatching(/^2026-01-02T03:04:05/) as string },
    ]);
    expect((await deployment.resources())["row"]?.inputs).toMatchObject({
      status: "nonCompliant",
      lastReportedDateTime: "2026-01-02T03:04:05Z",
      __provider: expect.stringContaining("pulumi-intune/provider") as string,
    });
    await emptyStack();
  });

  test("what preview cannot know is named once for the row, as advisory", async () => {
    const { exitCode, all } = await preview(pair);
    expect(all.match(/Undecided until pulumi up: deviceModel \(field-types, no-secrets\)\. \[DCS017\]/g)).toHaveLength(
      1,
    );
    expect(exitCode).toBe(0);
  });
});
