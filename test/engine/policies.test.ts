import { writeFileSync } from "node:fs";
import path from "node:path";
import { type Deployment, deployPolicies, POLICY_PACK } from "../support/deployment";
import { CASES, PAIR, ROW, type Row, type Rows, unchecked } from "../support/policyCases";
import { describeEngine } from "../support/pulumiProject";
import { closeTenants } from "../support/tenant";

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
    ["lenient", "advisory", 0],
    ["ci", "mandatory", 1],
    ["strict", "mandatory", 1],
  ])("the profile %s makes a wrong status %s", async (profile, level, expected) => {
    const { exitCode, all } = await preview({ row: unchecked({ status: "complaint" }) }, profile);
    expect(all).toMatch(new RegExp(`\\[${level}\\].*status-enum`));
    expect(all).toContain('status is "complaint" (string)');
    expect(Math.min(exitCode ?? 1, 1)).toBe(expected);
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
    const { exitCode, all } = await preview(PAIR);
    expect(all.match(/Undecided until pulumi up: deviceModel \(field-types, no-secrets\)\. \[DCS017\]/g)).toHaveLength(
      1,
    );
    expect(exitCode).toBe(0);
  });
});
