import { PROVIDER_CHECK, sortFindings, type Pack, type Report } from "../report/report";
import { startAnalyzer, type Analyzer } from "../testing/analyzer";
import type { PackInfo } from "../testing/analyzerAnswers";
import { engineConfig, type PackConfig } from "../testing/engineConfig";
import { DEFAULT_STACK, urnOf } from "../testing/resourceDescription";
import { startDynamicProvider } from "./dynamicProvider";
import { Gate } from "./gate";
import { startMonitor } from "./monitor";
import { runProgram } from "./program";
import type { Project } from "./project";
import { readUrnOf, toRegistration } from "./registration";
import type { StackConfig } from "./stackConfig";

export interface CheckOptions {
  readonly project: Project;
  readonly stack: string;
  readonly config: StackConfig;
  readonly packDir: string;
  readonly packConfig: PackConfig;
  /** What is wrong with it, one line each: the run is then not as its reader thinks, and never green. */
  readonly packConfigFaults: readonly string[];
  /** Where the program's own output goes. */
  readonly print: (text: string) => void;
}

/** The default provider of dynamic resources, which the engine makes by itself. */
const PROVIDER_TYPE = "pulumi:providers:pulumi-nodejs";

/** A preview in miniature: the program, the dynamic provider and the pack are real, the engine between them is this. */
export async function checkProgram(options: CheckOptions): Promise<Report> {
  const startedAtSeconds = Math.floor(Date.now() / 1000);
  const { project, config, packDir } = options;
  const stack = { ...DEFAULT_STACK, project: project.name, stack: options.stack };
  const [analyzer, provider] = await startBoth(
    startAnalyzer(packDir, { ...stack, config: config.known }),
    startDynamicProvider(project.programDir, project.name, config.known),
  );
  try {
    const pack = await configure(analyzer, options.packConfig);
    const providerResource = { type: PROVIDER_TYPE, name: "default", props: config.known };
    const gate = new Gate({
      pack,
      analyzer,
      provider,
      providerResource: { ...providerResource, urn: urnOf(providerResource, stack) },
    });
    const ended = await runUnderMonitor(options, stack, gate);
    await gate.judgeStack();
    return toReport(options, { gate, pack, ended, startedAtSeconds, stackName: `${stack.project}/${stack.stack}` });
  } finally {
    await Promise.all([analyzer.stop(), provider.stop()]);
  }
}

/** Both, or none: if one does not start, the other is stopped. */
async function startBoth<A extends Stoppable, B extends Stoppable>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> {
  try {
    return await Promise.all([a, b]);
  } catch (error) {
    const started = (await Promise.allSettled([a, b])).filter((result) => result.status === "fulfilled");
    await Promise.all(started.map(({ value }) => value.stop()));
    throw error;
  }
}

interface Stoppable {
  stop(): Promise<void>;
}

/** @returns the pack with the policies that are not disabled */
async function configure(analyzer: Analyzer, packConfig: PackConfig): Promise<PackInfo> {
  const pack = await analyzer.info();
  const levels = engineConfig(pack, packConfig);
  await analyzer.configure(levels);
  return { ...pack, policies: pack.policies.filter(({ name }) => levels[name]?.level !== "disabled") };
}

async function runUnderMonitor(
  { project, config, print }: CheckOptions,
  stack: typeof DEFAULT_STACK,
  gate: Gate,
): Promise<string | undefined> {
  const monitor = await startMonitor({
    async register(request) {
      if (request.getRemote())
        throw new Error(`intune-policy check runs no provider plugins, and ${request.getType()} is a remote component`);
      const registration = toRegistration(request, stack, project.programDir);
      return { urn: registration.urn, props: await gate.judge(registration) };
    },
    read: (request) => readUrnOf(request, stack),
    log: (severity, message) => {
      print(`${severity}: ${message.trimEnd()}\n`);
    },
  });
  try {
    return await runProgram(project, stack, config, monitor.address, print);
  } finally {
    monitor.close();
  }
}

interface Outcome {
  readonly gate: Gate;
  readonly pack: PackInfo;
  readonly ended: string | undefined;
  readonly startedAtSeconds: number;
  readonly stackName: string;
}

function toReport(
  { config, packConfigFaults }: CheckOptions,
  { gate, pack, ended, startedAtSeconds, stackName }: Outcome,
): Report {
  const problems = packConfigFaults.map((fault) => `The pack's configuration has a fault: ${fault}`);
  problems.push(...[...new Set(gate.problems)].sort());
  if (ended !== undefined) problems.push(`The program ended ${ended}: see what it printed.`);
  const unchecked = gate.uncheckedTypes();
  const notes = [...config.notes];
  if (unchecked.length > 0)
    notes.push(`Not asked, as it would need plugins: the ${PROVIDER_CHECK} of ${unchecked.join(", ")}.`);
  return {
    stack: stackName,
    startedAtSeconds,
    packs: [describePack(pack, gate.passedByRule)],
    findings: sortFindings(gate.findings),
    notes,
    problems,
  };
}

function describePack({ name, version, policies }: PackInfo, passedByRule: ReadonlyMap<string, number>): Pack {
  const rules = policies.map(({ name: rule, description, url, tags }) => ({
    name: rule,
    ...(description === "" ? {} : { description }),
    ...(url === "" ? {} : { url }),
    ...(tags.length === 0 ? {} : { tags }),
    passed: passedByRule.get(rule) ?? 0,
  }));
  return { name, version, rules: rules.sort((a, b) => (a.name < b.name ? -1 : 1)) };
}
