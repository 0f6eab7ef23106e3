import { type Figure, type Group, median } from "./bench";
import { createStack } from "./stack";
import { countRequests, startTenant, type Tenant } from "./tenant";

const COUNT = 200;
const ROUNDS = 3;

interface Run {
  readonly seconds: number;
  readonly graphRequests: number;
  readonly stateText: string;
}

/** What an `up` of 200 new statuses costs, beside the same program on a textbook dynamic provider, turn and turn about. */
export const create: Group = {
  name: "create",
  async measure(say) {
    const tenant = await startTenant();
    try {
      const ours: Run[] = [];
      const textbook: Run[] = [];
      for (let round = 1; round <= ROUNDS; round++) {
        ours.push(await up("ours", tenant));
        textbook.push(await up("textbook", tenant));
        say(
          `round ${String(round)}: up of ${String(COUNT)} statuses ${seconds(ours)} s, on a textbook provider ${seconds(textbook)} s`,
        );
      }
      return figures(ours, textbook, say);
    } finally {
      await tenant.emulator.close();
    }
  },
};

function figures(ours: readonly Run[], textbook: readonly Run[], say: (line: string) => void): Figure[] {
  const last = ours.at(-1);
  if (last === undefined) throw new Error("there was no run");
  const text = providerText(last.stateText);
  say(`provider text in state: ${text}`);
  say(
    `state file: ${String(last.stateText.length)} bytes, on the textbook provider ${String(textbook.at(-1)?.stateText.length)} bytes`,
  );
  say(
    "requests-per-create counts every Graph request of an up, those in a $batch singly, by the emulator's journal; " +
      "http-calls-per-create (group batch) counts what travels",
  );
  say("create-200-vs-textbook: median seconds of ours divided by those of the textbook provider; below 1 is faster");
  const ratio = median(ours.map((run) => run.seconds)) / median(textbook.map((run) => run.seconds));
  return [
    { name: "provider-text-bytes", value: Buffer.byteLength(text) },
    { name: "requests-per-create", value: last.graphRequests / COUNT },
    { name: "create-200-vs-textbook", value: Number(ratio.toFixed(3)) },
  ];
}

async function up(program: "ours" | "textbook", tenant: Tenant): Promise<Run> {
  const { emulator, deviceCompliancePolicyId, env } = tenant;
  emulator.journal.clear();
  const before = emulator.store.deviceStatuses(deviceCompliancePolicyId).length;
  const stack = await createStack({ program, env, config: { deviceCompliancePolicyId, count: String(COUNT) } });
  try {
    const took = await stack.up();
    const made = emulator.store.deviceStatuses(deviceCompliancePolicyId).length - before;
    if (made !== COUNT) throw new Error(`${program}: ${String(made)} rows were created, not ${String(COUNT)}`);
    return { seconds: took, graphRequests: countRequests(tenant).requests, stateText: stack.stateText() };
  } finally {
    stack.dispose();
  }
}

/** The text that stands for the provider, the same in both bags of every resource. */
function providerText(stateText: string): string {
  const state = JSON.parse(stateText) as {
    checkpoint: { latest: { resources: { inputs?: { __provider?: string }; outputs?: { __provider?: string } }[] } };
  };
  const texts = state.checkpoint.latest.resources.flatMap(({ inputs, outputs }) => [
    inputs?.__provider,
    outputs?.__provider,
  ]);
  const [text, ...others] = new Set(texts.filter((value) => value !== undefined));
  if (text === undefined || others.length > 0) throw new Error("the state does not hold one provider text");
  return text;
}

const seconds = (runs: readonly Run[]): string => (runs.at(-1)?.seconds ?? 0).toFixed(1);
