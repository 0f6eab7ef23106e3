import { DOCUMENTED_EXAMPLE } from "../support/example";
import { type Deployment, deployExample, deployRows, POLICY_PACK, setRows } from "../support/deployment";
import { describeEngine } from "../support/pulumiProject";
import { closeTenants } from "../support/tenant";

const UP = ["up", "--yes", "--skip-preview"];
const PROVIDER_TEXT = 'exports.handler=()=>require("pulumi-intune/provider").deviceComplianceDeviceStatus;';

describeEngine("the main job on the real engine", () => {
  afterAll(closeTenants);

  test("quickstart: declare, gate, up; the documented values come back and the state holds Graph's id", async () => {
    const { project, tenant, resources } = await deployExample("quickstart");
    const up = await project.runOk(["up", "--yes", "--policy-pack", POLICY_PACK]);
    expect(up.all).toContain("intune-compliance-fixtures");
    const [row, ...others] = await tenant.readRows();
    expect(others).toEqual([]);
    expect(row).toMatchObject(DOCUMENTED_EXAMPLE);
    const state = (await resources())["documented-example"];
    expect(state?.id).toBe(row?.["id"]);
    expect(state?.inputs["__provider"]).toBe(PROVIDER_TEXT);
    expect(state?.outputs).toEqual({
      __provider: PROVIDER_TEXT,
      deviceCompliancePolicyId: tenant.deviceCompliancePolicyId,
      ...DOCUMENTED_EXAMPLE,
    });
    expect(tenant.requests()).toEqual(["POST deviceStatuses", "GET deviceStatuses"]);
    await project.runOk(["preview", "--expect-no-changes", "--policy-pack", POLICY_PACK]);
  });

  describe("a row's life", () => {
    let deployment: Deployment;
    let id: string;
    const rowArgs = (): Record<string, unknown> => ({
      deviceCompliancePolicyId: deployment.tenant.deviceCompliancePolicyId,
      ...DOCUMENTED_EXAMPLE,
    });
    const onlyRow = (): Record<string, unknown> => {
      const [row, ...others] = deployment.tenant.rows();
      if (row === undefined || others.length > 0)
        throw new Error(`there are ${String(deployment.tenant.rows().length)} rows`);
      return row;
    };

    beforeAll(async () => {
      deployment = await deployRows();
      await setRows(deployment, { row: rowArgs() });
      await deployment.project.runOk(UP);
      id = String(onlyRow()["id"]);
    });

    test("preview after up is empty", async () => {
      await deployment.project.runOk(["preview", "--expect-no-changes"]);
    });

    test("another spelling of the same instant is no change", async () => {
      await setRows(deployment, { row: { ...rowArgs(), lastReportedDateTime: "2017-01-01T08:00:17.7769392Z" } });
      await deployment.project.runOk(["preview", "--expect-no-changes"]);
      await setRows(deployment, { row: rowArgs() });
    });

    test("refresh shows a row changed behind its back, and up restores it", async () => {
      const { project, tenant } = deployment;
      await tenant.emulator.store.putDeviceStatus(tenant.deviceCompliancePolicyId, { id, status: "conflict" });
      const refresh = await project.runOk(["refresh", "--yes", "--diff"]);
      expect(refresh.all).toMatch(/~ status\s*: "notApplicable" => "conflict"/);
      const preview = await project.run(["preview", "--expect-no-changes"]);
      expect(preview.exitCode).not.toBe(0);
      await project.runOk(UP);
      expect(onlyRow()).toMatchObject({ id, status: "notApplicable" });
      await project.runOk(["preview", "--expect-no-changes"]);
    });

    test("a row deleted behind its back is created again", async () => {
      const { project, tenant, resources } = deployment;
      await tenant.emulator.store.deleteDeviceStatus(tenant.deviceCompliancePolicyId, id);
      const refresh = await project.runOk(["refresh", "--yes"]);
      expect(refresh.all).toMatch(/1 deleted/);
      await project.runOk(UP);
      expect(onlyRow()).toMatchObject(DOCUMENTED_EXAMPLE);
      expect(onlyRow()["id"]).not.toBe(id);
      id = String(onlyRow()["id"]);
      expect((await resources())["row"]?.id).toBe(id);
    });

    test("a change is one PATCH of the changed property", async () => {
      const { project, tenant } = deployment;
      await setRows(deployment, { row: { ...rowArgs(), status: "error" } });
      tenant.emulator.journal.clear();
      await project.runOk(["up", "--yes"]);
      expect(tenant.requests()).toEqual(["PATCH deviceStatuses/{id}"]);
      expect(tenant.emulator.journal.entries().find(({ method }) => method === "PATCH")?.requestBody).toEqual({
        "@odata.type": "#microsoft.graph.deviceComplianceDeviceStatus",
        status: "error",
      });
      expect(onlyRow()).toMatchObject({ id, ...DOCUMENTED_EXAMPLE, status: "error" });
    });

    test("another policy replaces the row", async () => {
      const { project, tenant, resources } = deployment;
      const other = await tenant.createPolicy();
      await setRows(deployment, { row: { ...rowArgs(), deviceCompliancePolicyId: other } });
      const preview = await project.runOk(["preview"]);
      expect(preview.all).toMatch(/1 to replace/);
      await project.runOk(UP);
      expect(tenant.rows()).toEqual([]);
      const moved = tenant.emulator.store.deviceStatuses(other);
      expect(moved).toMatchObject([DOCUMENTED_EXAMPLE]);
      expect((await resources())["row"]?.id).toBe(moved[0]?.id);
    });

    test("destroy leaves nothing in the emulator's store", async () => {
      await deployment.project.runOk(["destroy", "--yes"]);
      const { store } = deployment.tenant.emulator;
      expect(store.policies().flatMap((policy) => store.deviceStatuses(policy.id))).toEqual([]);
      expect(await deployment.resources()).toEqual({});
    });
  });

  test("fixture-matrix: 24 rows with 24 requests", async () => {
    const { project, tenant } = await deployExample("fixture-matrix");
    await project.runOk(["up", "--yes", "--policy-pack", POLICY_PACK]);
    expect(tenant.rows()).toHaveLength(24);
    expect(
      new Set(tenant.rows().map((row) => `${String(row["deviceDisplayName"])} ${String(row["status"])}`)).size,
    ).toBe(24);
    expect(tenant.requests()).toEqual(Array.from({ length: 24 }, () => "POST deviceStatuses"));
  });

  test("a value unknown in preview is no fault, neither to check nor to the pack", async () => {
    const deployment = await deployRows();
    const { project, tenant } = deployment;
    const args = { deviceCompliancePolicyId: tenant.deviceCompliancePolicyId, ...DOCUMENTED_EXAMPLE };
    const second = { ...args, deviceDisplayName: "FIXTURE-2", modelFrom: "first" };
    await setRows(deployment, { first: args, second });
    const preview = await project.runOk(["preview", "--policy-pack", POLICY_PACK]);
    expect(preview.all).toMatch(/3 to create/);
    await project.runOk([...UP, "--policy-pack", POLICY_PACK]);
    const made = await deployment.resources();
    expect(made["second"]?.outputs["deviceModel"]).toBe(made["first"]?.id);
  });
});
