import { parseCheckFailure } from "./checkFailure";
import type { EngineEvent } from "./engineEvents";
import { refusal, remediationText } from "./findings";
import { splitMessage } from "./messageText";
import { outcomeOf } from "./outcomeOf";
import { PackLedger } from "./packLedger";
import { PROVIDER_CHECK, readUrn, sortFindings, type Finding, type Report } from "./report";

/** The engine's closing words of a failed run, which say nothing that its other events do not. */
const CLOSING_WORDS = /^(preview|update) failed$/;

/**
 * Turn the events of one `pulumi preview` or `pulumi up` into a report. `up` streams its preview and its update: the
 * findings of both count, each once, but what a rule could not decide counts only where the last run could not either.
 */
export function reportEvents(events: readonly EngineEvent[]): Report {
  const runs = splitRuns(events);
  const findings = runs.flatMap((run, index) => {
    const found = run.flatMap(findingsOf);
    return index === runs.length - 1 ? found : found.filter(({ outcome }) => outcome !== "undecided");
  });
  const packs = new PackLedger();
  // The last run alone, or each passed rule would be counted for the preview and for the update.
  for (const event of runs.at(-1) ?? []) packs.read(event);
  for (const { pack, rule } of findings) if (pack !== PROVIDER_CHECK) packs.addRule(pack, rule);
  return {
    stack: stackOf(events),
    startedAtSeconds: events[0]?.timestamp ?? 0,
    packs: packs.packs(),
    findings: sortFindings(findings),
    notes: notesOf(findings),
    problems: problemsOf(runs, findings, packs.isEmpty()),
  };
}

/** Each run begins with a prelude event; what comes before the first one belongs to it. */
function splitRuns(events: readonly EngineEvent[]): readonly (readonly EngineEvent[])[] {
  const runs: EngineEvent[][] = [[]];
  for (const event of events) {
    const run = runs.at(-1);
    const starts = event.preludeEvent !== undefined && run?.some(({ preludeEvent }) => preludeEvent !== undefined);
    if (run === undefined || starts === true) runs.push([event]);
    else run.push(event);
  }
  return runs;
}

function findingsOf({ policyEvent, policyRemediationEvent, diagnosticEvent }: EngineEvent): readonly Finding[] {
  if (policyEvent !== undefined) {
    const { enforcementLevel = "", severity, message: text = "", resourceUrn = "" } = policyEvent;
    const { policyName = "unnamed", policyPackName = "unnamed" } = policyEvent;
    const { description, message } = splitMessage(text);
    const found = { rule: policyName, pack: policyPackName, urn: resourceUrn, description, message };
    const outcome = outcomeOf(enforcementLevel, text);
    return [{ outcome, ...found, ...(severity === undefined ? {} : { severity }) }];
  }
  if (policyRemediationEvent !== undefined) {
    const {
      policyName: rule = "unnamed",
      policyPackName: pack = "unnamed",
      resourceUrn: urn = "",
    } = policyRemediationEvent;
    const { before = {}, after = {} } = policyRemediationEvent;
    return [{ outcome: "remediated", rule, pack, urn, description: "", message: remediationText(before, after) }];
  }
  const failure = diagnosticEvent?.severity === "error" ? parseCheckFailure(diagnosticEvent.message ?? "") : undefined;
  return failure === undefined ? [] : [refusal(failure.property, failure.reason, diagnosticEvent?.urn ?? "")];
}

/** `project/stack`, from the first URN of the stream. */
function stackOf(events: readonly EngineEvent[]): string {
  const urns = events.map((event) => event.resourcePreEvent?.metadata?.urn ?? event.policyEvent?.resourceUrn);
  const [, , stack, project] = urns.find((urn) => urn !== undefined && urn !== "")?.split(/::|:/) ?? [];
  return stack === undefined || project === undefined ? "" : `${project}/${stack}`;
}

function notesOf(findings: readonly Finding[]): readonly string[] {
  return findings.some(({ outcome }) => outcome === "refused")
    ? ["The provider refused inputs. The engine then skips the rules that look at the whole stack."]
    : [];
}

function problemsOf(
  runs: readonly (readonly EngineEvent[])[],
  findings: readonly Finding[],
  noPack: boolean,
): readonly string[] {
  const problems = runs.flatMap((run) => run.flatMap(engineErrors));
  const last = runs.at(-1)?.flatMap(({ summaryEvent }) => (summaryEvent === undefined ? [] : [summaryEvent])) ?? [];
  const summary = last.at(-1);
  if (summary === undefined) problems.push("The stream ends before the run does: no summary event came.");
  if (noPack) problems.push("No policy pack ran: give pulumi --policy-pack.");
  const isExplained = problems.length > 0 || findings.some(({ outcome }) => ["mandatory", "refused"].includes(outcome));
  if (summary?.result === "failed" && !isExplained)
    problems.push("The run failed for a reason that its events do not tell: see its own output.");
  return [...new Set(problems)].sort();
}

/** Errors that are no findings. Their text stays out: it may quote whatever the program or the provider threw. */
function engineErrors({ diagnosticEvent }: EngineEvent): readonly string[] {
  const { severity, message = "", urn = "" } = diagnosticEvent ?? {};
  const text = message.trim();
  if (severity !== "error" || CLOSING_WORDS.test(text) || parseCheckFailure(text) !== undefined) return [];
  const { name, type } = readUrn(urn);
  const where = urn === "" ? "" : ` on ${name} (${type})`;
  return [`The engine reported an error${where}: see the run's own output.`];
}
