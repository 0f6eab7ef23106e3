import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Outcome, runCell } from "../support/crashCell";
import { type ProxyFault, type SeenRequest, startFaultProxy } from "../support/faultProxy";
import { BATCH_FAULTS, PLAIN_FAULTS } from "../support/faults";
import { type ProviderProcess, startProviderProcess } from "../support/providerProcess";
import { closeTenants, startTenant, type Tenant } from "../support/tenant";

/** Requests of the run without a fault: three creates, updates, reads and deletes. */
const PLAIN_REQUESTS = 12;
/** The same in batches: at least one for each of the four steps. */
const BATCH_REQUESTS = 4;
const PAGE = path.resolve(__dirname, "../../docs/crash-matrix.md");

/** A run in a policy of its own, and the request in it that meets the fault. */
interface Cell {
  readonly index: number;
  readonly policy: string;
  /** Requests of the run so far; in batches, batches. */
  seen: number;
}

type Table = Record<string, Outcome[]>;

type Mode = "on" | "off";

/** The real provider process behind a proxy. */
interface Lab {
  readonly tenant: Tenant;
  readonly provider: ProviderProcess;
  /** What becomes of each request from now on. */
  decide: (seen: SeenRequest) => ProxyFault;
  close(): Promise<void>;
}

const PASS = (): ProxyFault => ({ kind: "pass" });

async function startLab(batch: Mode): Promise<Lab> {
  const tenant = await startTenant();
  const proxy = await startFaultProxy(tenant.config["graphEndpoint"] ?? "", (seen) => lab.decide(seen));
  const config = { ...tenant.config, graphEndpoint: proxy.graphEndpoint, batch, requestTimeoutSeconds: "1.5" };
  const provider = await startProviderProcess(config);
  const lab: Lab = {
    tenant,
    provider,
    decide: PASS,
    async close() {
      await provider.stop();
      await proxy.close();
    },
  };
  return lab;
}

const cellsOf = (lab: Lab, indexes: readonly number[]): Promise<Cell[]> =>
  Promise.all(indexes.map(async (index) => ({ index, policy: await lab.tenant.createPolicy(), seen: 0 })));

const NEVER_CAME: Outcome = "wrong: the fault never came";

async function run({ provider, tenant }: Lab, cell: Cell): Promise<Outcome> {
  const outcome = await runCell(provider, tenant, cell.policy);
  return cell.seen < cell.index ? NEVER_CAME : outcome;
}

/** The fault at each of the requests of a run, all runs at once: a plain request names the policy of its run. */
async function runPlain(lab: Lab, makeFault: () => ProxyFault): Promise<Outcome[]> {
  const cells = await cellsOf(lab, numbersTo(PLAIN_REQUESTS));
  lab.decide = ({ path }) => {
    const cell = cells.find(({ policy }) => path.includes(policy));
    return cell !== undefined && ++cell.seen === cell.index ? makeFault() : PASS();
  };
  return Promise.all(cells.map((cell) => run(lab, cell)));
}

/**
 * The fault at the `index`th batch of a run. Where the machine was so busy that calls came too far apart to become
 * batches, there was none to strike, and the run is done again.
 */
async function runBatch(lab: Lab, index: number, makeFault: () => ProxyFault): Promise<Outcome> {
  let outcome = NEVER_CAME;
  for (let round = 0; round < 5 && outcome === NEVER_CAME; round++) {
    for (const cell of await cellsOf(lab, [index])) {
      lab.decide = ({ path }) => (path.endsWith("/$batch") && ++cell.seen === cell.index ? makeFault() : PASS());
      outcome = await run(lab, cell);
    }
  }
  return outcome;
}

const numbersTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

const tables: Record<Mode, Table> = { off: {}, on: {} };

afterAll(closeTenants);

describe.each([
  ["off", PLAIN_FAULTS],
  ["on", BATCH_FAULTS],
] as const)("with batch %s", (batch, faults) => {
  let labs: Lab[];
  beforeAll(async () => {
    // A batch does not name its run: each of these has a process of its own.
    labs = await Promise.all(numbersTo(batch === "on" ? BATCH_REQUESTS : 1).map(() => startLab(batch)));
  });
  afterAll(() => Promise.all(labs.map((lab) => lab.close())));

  test.each(Object.keys(faults))("%s: at every request, rows in Graph are the rows in state", async (name) => {
    const fault = faults[name];
    if (fault === undefined) throw new Error("there is no such fault");
    const runs = labs.map(async (lab, index) =>
      batch === "on" ? [await runBatch(lab, index + 1, fault)] : runPlain(lab, fault),
    );
    const outcomes = (await Promise.all(runs)).flat();
    tables[batch][name] = outcomes;
    expect(outcomes.filter((outcome) => outcome.startsWith("wrong"))).toEqual([]);
  });
});

test("docs/crash-matrix.md says what was seen (UPDATE_DOCS=1 writes it)", () => {
  const text = page();
  process.stdout.write(`${text}\n`);
  if (process.env["UPDATE_DOCS"] === "1") writeFileSync(PAGE, text);
  expect(existsSync(PAGE) ? readFileSync(PAGE, "utf8") : "").toBe(text);
});

function page(): string {
  return `# The crash matrix

Made by \`test/protocol/crashMatrix.test.ts\`; do not edit. Three resources are created, updated, refreshed and deleted by the
real provider process. Each row is one fault, injected once, at every request of the run in turn (12 plain requests, or 4
batches). A cell is good if after every step the rows in Graph are the rows in state, none twice: \`=\` without any error,
\`E\` after an error of one resource that the next \`up\` put right. \`X\` would be a cell that is not good.

## Plain requests

${grid(tables.off)}

## In \`$batch\`

${grid(tables.on)}
`;
}

function grid(table: Table): string {
  const rows = Object.entries(table).map(([name, outcomes]) => [name, outcomes.map(sign).join(" ")] as const);
  const width = Math.max(5, ...rows.map(([name]) => name.length));
  const cells = Math.max(6, ...rows.map(([, signs]) => signs.length));
  const line = (left: string, right: string) => `| ${left.padEnd(width)} | ${right.padEnd(cells)} |`;
  return [
    line("fault", "cells"),
    `| ${"-".repeat(width)} | ${"-".repeat(cells)} |`,
    ...rows.map(([name, signs]) => line(name, signs)),
  ].join("\n");
}

const sign = (outcome: Outcome): string => (outcome === "agrees" ? "=" : outcome.startsWith("wrong") ? "X" : "E");
