import { batch } from "./batch";
import { coldStart } from "./coldStart";
import { create } from "./create";
import { longList } from "./longList";
import { pack } from "./pack";
import { quota } from "./quota";
import { thousand } from "./thousand";
import { throughput } from "./throughput";

const GROUPS = [create, thousand, batch, quota, coldStart, throughput, longList, pack];

/** Measure the groups named on the command line, or all; explain, then print one line for each figure. */
async function main(names: readonly string[]): Promise<void> {
  const known = GROUPS.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`there is no group ${unknown.join(", ")}; there are ${known.join(", ")}`);
  const print = (line: string) => void process.stdout.write(`${line}\n`);
  print(`engine: ${process.env["INTUNE_BENCH_ENGINE"] ?? "unknown"}`);
  for (const group of GROUPS.filter(({ name }) => names.length === 0 || names.includes(name))) {
    const figures = await group.measure(print);
    for (const { name, value } of figures) print(`bench: ${name} = ${String(value)}`);
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
