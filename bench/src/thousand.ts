import type { Figure, Group } from "./bench";
import { createStack, type Program, type Stack } from "./stack";
import { countRequests, startTenant, type Tenant } from "./tenant";

const COUNT = 1000;
/** The engine then writes the state once, at the end of the run. */
const WITHOUT_CHECKPOINTS = { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" };

/** Large stacks: 1000 creates beside the engine's own cost and a textbook provider, then refresh and an `up` without changes. */
export const thousand: Group = {
  name: "thousand",
  async measure(say) {
    const tenant = await startTenant();
    try {
      const floor = await creates("floor", tenant, {}, say);
      const textbook = await creates("textbook", tenant, {}, say);
      const stack = await stackOf("ours", tenant, {});
      try {
        const ours = await timed("ours", () => stack.up(), say);
        const calls = await graphCalls(stack, tenant, say);
        const floorWithout = await creates("floor", tenant, WITHOUT_CHECKPOINTS, say);
        const oursWithout = await creates("ours", tenant, WITHOUT_CHECKPOINTS, say);
        return [
          ...calls,
          ratio("create-1000-vs-floor", ours, floor),
          ratio("create-1000-vs-textbook", ours, textbook),
          ratio("create-1000-vs-floor-no-checkpoints", oursWithout, floorWithout),
        ];
      } finally {
        stack.dispose();
      }
    } finally {
      await tenant.emulator.close();
    }
  },
};

async function graphCalls(stack: Stack, tenant: Tenant, say: (line: string) => void): Promise<Figure[]> {
  const { journal } = tenant.emulator;
  const calls = () => countRequests(tenant).requests;
  journal.clear();
  await timed("ours, up without changes", () => stack.up(), say);
  const noop = calls();
  journal.clear();
  await timed("ours, refresh", () => stack.refresh(), say);
  return [
    { name: "noop-1000-graph-calls", value: noop },
    { name: "refresh-1000-calls", value: calls() },
  ];
}

async function creates(
  program: Program,
  tenant: Tenant,
  env: Record<string, string>,
  say: (line: string) => void,
): Promise<number> {
  const stack = await stackOf(program, tenant, env);
  try {
    const what = Object.keys(env).length === 0 ? program : `${program}, state written once`;
    return await timed(what, () => stack.up(), say);
  } finally {
    stack.dispose();
  }
}

function stackOf(
  program: Program,
  { env, deviceCompliancePolicyId }: Tenant,
  more: Record<string, string>,
): Promise<Stack> {
  return createStack({ program, env: { ...env, ...more }, config: { deviceCompliancePolicyId, count: String(COUNT) } });
}

async function timed(what: string, work: () => Promise<number>, say: (line: string) => void): Promise<number> {
  const seconds = await work();
  say(`${what}: ${seconds.toFixed(1)} s for ${String(COUNT)} rows`);
  return seconds;
}

const ratio = (name: string, seconds: number, other: number): Figure => ({
  name,
  value: Number((seconds / other).toFixed(3)),
});
