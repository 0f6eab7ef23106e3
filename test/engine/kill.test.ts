import { DOCUMENTED_EXAMPLE } from "../support/example";
import { type Deployment, deployRows, setRows } from "../support/deployment";
import { describeEngine, type PulumiProject } from "../support/pulumiProject";
import { closeTenants } from "../support/tenant";

const UP = ["up", "--yes", "--skip-preview"];
const ROWS = 40;
/** The engine then writes the state once, at the end of the run. */
const WITHOUT_CHECKPOINTS = { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" };
/** `INTUNE_KILLS=50 npm test -- --selectProjects engine -- kill` runs them at 50 moments; a few are enough for each day. */
const KILLS = Number(process.env["INTUNE_KILLS"] ?? "4");
const SEED = Number(process.env["INTUNE_KILL_SEED"] ?? "20261123");

/** Deterministic, so that a failure can be run again. Source: mulberry32. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

async function deploy(adopt: boolean): Promise<Deployment> {
  const deployment = await deployRows();
  const { deviceCompliancePolicyId } = deployment.tenant;
  const rows = Array.from({ length: ROWS }, (_, index) => [
    `row-${String(index)}`,
    { deviceCompliancePolicyId, ...DOCUMENTED_EXAMPLE, deviceDisplayName: `FIXTURE-${String(index)}` },
  ]);
  await setRows(deployment, Object.fromEntries(rows) as Record<string, Record<string, unknown>>);
  if (adopt) await deployment.project.setConfig("intune:adopt", "true");
  return deployment;
}

/** Run `up` and kill its engine, or its provider process, when the given number of POSTs has arrived. */
async function upAndKill(
  { project, tenant }: Deployment,
  whom: "engine" | "provider",
  posts: number,
  env: Record<string, string> = {},
): Promise<void> {
  tenant.emulator.faults.add({
    match: { method: "POST", path: "/**/deviceStatuses" },
    times: 10_000,
    fault: { delayMs: 5 },
  });
  const arrived = (): boolean => tenant.requests().filter((request) => request.startsWith("POST")).length >= posts;
  if (whom === "engine") {
    const { exitCode } = await project.run(UP, { env, signalAfter: { signal: "SIGKILL", when: arrived } });
    expect(exitCode).not.toBe(0);
  } else {
    const cli = project.start(UP, env);
    while (!arrived()) await new Promise((resolve) => setTimeout(resolve, 2));
    const provider = providers(project);
    expect(provider.length).toBeGreaterThan(0);
    for (const { pid } of provider) process.kill(pid, "SIGKILL");
    await cli.exited;
  }
  // The language host notices within a minute; it sends nothing to Graph.
  await waitUntilGone(() => providers(project));
  tenant.emulator.faults.clear();
  await project.run(["cancel", "--yes"]);
}

const providers = (project: PulumiProject) =>
  project.processes().filter(({ command }) => command.includes("cmd/dynamic-provider"));

async function waitUntilGone(alive: () => readonly unknown[]): Promise<void> {
  const until = Date.now() + 20_000;
  while (alive().length > 0) {
    if (Date.now() > until) throw new Error(`still alive: ${JSON.stringify(alive())}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describeEngine("a killed run", () => {
  afterAll(closeTenants);
  const next = random(SEED);
  const moments = Array.from({ length: KILLS }, (_, index) => ({
    whom: index % 2 === 0 ? ("engine" as const) : ("provider" as const),
    posts: 1 + Math.floor(next() * (ROWS - 1)),
  }));

  test.each(moments)(
    "$whom killed at POST $posts of 40: with adopt the next up ends with exactly 40 rows",
    async ({ whom, posts }) => {
      const deployment = await deploy(true);
      const { project, tenant } = deployment;
      try {
        await upAndKill(deployment, whom, posts);
        expect(tenant.rows().length).toBeGreaterThan(0);
        await project.runOk(UP);
        const inState = Object.values(await deployment.resources()).map(({ id }) => id);
        expect(inState.sort()).toEqual(
          tenant
            .rows()
            .map((row) => String(row["id"]))
            .sort(),
        );
        expect(new Set(tenant.rows().map((row) => row["deviceDisplayName"])).size).toBe(ROWS);
        expect(inState).toHaveLength(ROWS);
      } finally {
        await project.dispose();
      }
    },
  );

  test("without adopt, what was created and not recorded is created again: the duplicates are the unrecorded rows", async () => {
    const deployment = await deploy(false);
    const { project, tenant } = deployment;
    await upAndKill(deployment, "engine", 20);
    const recorded = new Set(Object.values(await deployment.resources()).map(({ id }) => id));
    const unrecorded = tenant.rows().filter((row) => !recorded.has(String(row["id"])));
    await project.runOk(UP);
    expect(tenant.rows()).toHaveLength(ROWS + unrecorded.length);
    expect(Object.keys(await deployment.resources())).toHaveLength(ROWS);
  });

  test("without checkpoints a killed run has recorded nothing, and with adopt the next up takes every row it made", async () => {
    const deployment = await deploy(true);
    const { project, tenant } = deployment;
    await upAndKill(deployment, "engine", 20, WITHOUT_CHECKPOINTS);
    const made = tenant.rows().map((row) => String(row["id"]));
    expect(made.length).toBeGreaterThanOrEqual(20);
    expect(await deployment.resources()).toEqual({});
    await project.runOk(UP, { env: WITHOUT_CHECKPOINTS });
    const inState = Object.values(await deployment.resources()).map(({ id }) => id);
    expect(inState).toHaveLength(ROWS);
    expect(inState).toEqual(expect.arrayContaining(made));
    expect(tenant.rows()).toHaveLength(ROWS);
  });

  test("without checkpoints a run that ends with an error has recorded all that was done", async () => {
    const deployment = await deploy(false);
    const { project, tenant } = deployment;
    const fault = { status: 400, body: { error: { code: "BadRequest", message: "no" } } };
    tenant.emulator.faults.add({ match: { method: "POST", path: "/**/deviceStatuses" }, skip: 25, fault });
    expect((await project.run(UP, { env: WITHOUT_CHECKPOINTS })).exitCode).not.toBe(0);
    const made = tenant.rows().map((row) => String(row["id"]));
    expect(made.length).toBeGreaterThanOrEqual(25);
    const recorded = Object.values(await deployment.resources()).map(({ id }) => id);
    expect(recorded.sort()).toEqual(made.sort());
  });
});
