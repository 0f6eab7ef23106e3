import { DOCUMENTED_EXAMPLE } from "../support/example";
import { type Deployment, deployExample, deployRows, POLICY_PACK, setRows } from "../support/deployment";
import { describeEngine } from "../support/pulumiProject";
import { closeTenants } from "../support/tenant";

const UP = ["up", "--yes", "--skip-preview"];
const posts = ({ tenant }: Deployment): string[] => tenant.requests().filter((request) => request.startsWith("POST"));

/** A stack with one row of the documentation's values, changed by `change`. */
async function deployRow(
  change: Record<string, unknown> = {},
  options: Parameters<typeof deployRows>[0] = {},
): Promise<Deployment> {
  const deployment = await deployRows(options);
  const { deviceCompliancePolicyId } = deployment.tenant;
  await setRows(deployment, { row: { deviceCompliancePolicyId, ...DOCUMENTED_EXAMPLE, ...change } });
  return deployment;
}

describeEngine("what the main job refuses", () => {
  afterAll(closeTenants);

  test("violations: the pack stops preview with property, kind, rule and fix; nothing is sent", async () => {
    const deployment = await deployExample("violations");
    const preview = await deployment.project.run(["preview", "--policy-pack", POLICY_PACK]);
    expect(preview.exitCode).not.toBe(0);
    expect(preview.all).toContain(
      'status is "noncompliant" (string), which is not a complianceStatus value. Did you mean "nonCompliant"? Fix: use one of unknown, notApplicable,',
    );
    expect(preview.all).toMatch(
      /lastReportedDateTime is "2026-02-30T03:04:05Z" \(string\): it names day 30 of 2026-02, which does not exist\. Fix: .*\[DCS003\]/,
    );
    expect(preview.all).toMatch(
      /platform is missing, but it is required\. Fix: give platform a value of type Edm\.Int32 \[DCS002\]/,
    );
    const up = await deployment.project.run(["up", "--yes", "--policy-pack", POLICY_PACK]);
    expect(up.exitCode).not.toBe(0);
    expect(posts(deployment)).toEqual([]);
  });

  test("without the pack, check refuses at preview, all faults of a resource in one report", async () => {
    const deployment = await deployRow({
      deviceCompliancePolicyId: "",
      status: "noncompliant",
      lastReportedDateTime: "2020-02-30T00:00:00Z",
      complianceGracePeriodExpirationDateTime: undefined,
      platform: 2 ** 31,
    });
    const preview = await deployment.project.run(["preview"]);
    expect(preview.exitCode).not.toBe(0);
    for (const reason of [
      "property deviceCompliancePolicyId value {} has a problem: it is empty; must be the id of an existing policy",
      "property status value {noncompliant} has a problem: it is a string that is no complianceStatus; must be one of",
      "property lastReportedDateTime value {2020-02-30T00:00:00Z} has a problem: it names day 30 of 2020-02, which does not exist",
      "property complianceGracePeriodExpirationDateTime value {<nil>} has a problem: it is missing; must be a date-time string",
      "property platform value {2.147483648e+09} has a problem: it is a number; must be a whole number from -2147483648 to 2147483647",
    ]) {
      expect(preview.all).toContain(reason);
    }
    expect(preview.all).toContain('did you mean "nonCompliant"?');
    expect(deployment.tenant.emulator.journal.entries()).toEqual([]);
  });

  test("a POST whose answer is dropped after commit ends with one row, its id in the state", async () => {
    const deployment = await deployRow();
    deployment.tenant.emulator.faults.add({
      match: { method: "POST", path: "/**/deviceStatuses" },
      fault: { drop: "afterCommit" },
    });
    await deployment.project.runOk(UP);
    expect(posts(deployment)).toHaveLength(1);
    const [row, ...others] = deployment.tenant.rows();
    expect(others).toEqual([]);
    expect((await deployment.resources())["row"]?.id).toBe(row?.["id"]);
    await deployment.project.runOk(["preview", "--expect-no-changes"]);
  });

  test("a 429 with Retry-After 0.5 is waited for and honoured", async () => {
    const deployment = await deployRow();
    deployment.tenant.emulator.faults.add({
      match: { method: "POST", path: "/**/deviceStatuses" },
      fault: { status: 429, headers: { "Retry-After": "0.5" } },
    });
    await deployment.project.runOk(UP);
    const [first, second, ...more] = deployment.tenant.emulator.journal
      .entries()
      .filter(({ path }) => path.endsWith("/deviceStatuses"));
    expect(more).toEqual([]);
    expect([first?.status, second?.status]).toEqual([429, 201]);
    expect(
      Date.parse(second?.receivedDateTime ?? "") - Date.parse(first?.receivedDateTime ?? ""),
    ).toBeGreaterThanOrEqual(490);
  });

  test("a 403 names the permission, and nothing is left in the state", async () => {
    const deployment = await deployRow();
    deployment.tenant.emulator.faults.add({
      match: { method: "POST", path: "/**/deviceStatuses" },
      fault: { status: 403 },
    });
    const up = await deployment.project.run(UP);
    expect(up.exitCode).not.toBe(0);
    expect(up.all).toMatch(
      /create DeviceComplianceDeviceStatus: Graph answered 403 .*Grant the application .*DeviceManagementConfiguration\.ReadWrite\.All/,
    );
    expect(await deployment.resources()).toEqual({});
  });

  test("where the service does not serve the verb, create says so, and nothing is left in the state", async () => {
    const deployment = await deployRow({}, { profile: "observed" });
    const up = await deployment.project.run(UP);
    expect(up.exitCode).not.toBe(0);
    expect(up.all).toMatch(
      /Microsoft documents POST here, but the Intune service does not serve it \(https:\/\/github\.com\/.*19210\): use the emulator/,
    );
    expect(await deployment.resources()).toEqual({});
    expect(deployment.tenant.rows()).toEqual([]);
  });

  test("a client secret is in no state, log or error, neither the right nor a wrong one", async () => {
    const [right, wrong] = ["canary-right-3f9a", "canary-wrong-7c1e"];
    const app = {
      tenantId: "11111111-1111-4111-8111-111111111111",
      clientId: "22222222-2222-4222-8222-222222222222",
      clientSecret: right,
      roles: ["DeviceManagementConfiguration.ReadWrite.All"],
    };
    const deployment = await deployRow({}, { apps: [app] });
    const { project } = deployment;
    const logs = [await project.runOk([...UP, "--debug"])];
    await project.setConfig("intune:clientSecret", wrong, { secret: true });
    await setRows(deployment, {
      row: {
        deviceCompliancePolicyId: deployment.tenant.deviceCompliancePolicyId,
        ...DOCUMENTED_EXAMPLE,
        status: "error",
      },
    });
    const failed = await project.run([...UP, "--debug"]);
    expect(failed.exitCode).not.toBe(0);
    expect(failed.all).toMatch(
      /error: cannot sign in to Microsoft Entra: the client secret is wrong \(AADSTS7000215\); set intune:clientSecret/,
    );
    const state = project.rawStateText() + JSON.stringify(await project.state());
    expect(state).toContain("intune:clientSecret");
    for (const text of [state, ...[...logs, failed].map(({ all }) => all)]) {
      expect(text.length).toBeGreaterThan(1000);
      for (const secret of [right, wrong]) expect(text).not.toContain(secret);
    }
  });

  test.each([
    [
      "no endpoint",
      "intune:graphEndpoint",
      "",
      /pulumi-intune is not configured: no Graph endpoint is set: for the emulator run `npm run emulator`/,
    ],
    [
      "a dead emulator",
      "intune:graphEndpoint",
      "http://127.0.0.1:9",
      /nothing listens at http:\/\/127\.0\.0\.1:9 \(ECONNREFUSED\); check intune:graphEndpoint/,
    ],
    [
      "plain http to elsewhere",
      "intune:graphEndpoint",
      "http://graph.example",
      /intune:graphEndpoint uses http to another machine; tokens travel over https only/,
    ],
    [
      "an unknown tenant",
      "intune:tenantId",
      "99999999-9999-4999-8999-999999999999",
      /error: cannot sign in to Microsoft Entra: there is no such tenant \(AADSTS90002\); check intune:tenantId/,
    ],
  ])("%s: one line says what to do", async (_name, key, value, line) => {
    const deployment = await deployRow();
    await deployment.project.setConfig(key, value);
    const up = await deployment.project.run(UP);
    expect(up.exitCode).not.toBe(0);
    expect(up.all).toMatch(line);
    expect(await deployment.resources()).toEqual({});
  });
});
