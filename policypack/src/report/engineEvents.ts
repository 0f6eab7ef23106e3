/**
 * The parts of the engine's events that reports are made of. Everything else in an event stays unread: a prelude event
 * holds the stack's configuration, resource events the inputs, a remediation event both bags of properties.
 * Source: sdk/go/common/apitype/events.go of pulumi/pulumi; seen with CLI 3.259.
 */
export interface EngineEvent {
  readonly timestamp?: number;
  readonly preludeEvent?: unknown;
  readonly summaryEvent?: {
    /** In Pascal case on the wire. Keys are `name`, or `name|local|folder` for a pack of `--policy-pack`. */
    readonly PolicyPacks?: Readonly<Record<string, string>>;
    readonly result?: string;
  };
  readonly policyEvent?: PackReference & {
    readonly resourceUrn?: string;
    readonly message?: string;
    readonly policyName?: string;
    readonly enforcementLevel?: string;
    readonly severity?: string;
  };
  readonly policyRemediationEvent?: PackReference & {
    readonly resourceUrn?: string;
    readonly policyName?: string;
    readonly before?: object;
    readonly after?: object;
  };
  readonly policyAnalyzeSummaryEvent?: PolicySummary;
  readonly policyAnalyzeStackSummaryEvent?: PolicySummary;
  readonly resourcePreEvent?: { readonly metadata?: { readonly urn?: string } };
  readonly diagnosticEvent?: {
    readonly urn?: string;
    readonly message?: string;
    readonly severity?: string;
  };
}

interface PackReference {
  readonly policyPackName?: string;
  readonly policyPackVersion?: string;
}

export interface PolicySummary extends PackReference {
  readonly passed?: readonly string[];
  readonly failed?: readonly string[];
}

/** The events of a stream, or why it is none. */
export type ParsedEvents = { readonly events: readonly EngineEvent[] } | { readonly fault: string };

const STREAMING =
  "give it the events of PULUMI_ENABLE_STREAMING_JSON_PREVIEW=true pulumi preview --json, or of pulumi up --json with the same variable";

/** Read a stream of one JSON object per line. Its text is never quoted, as it may hold configuration and inputs. */
export function parseEngineEvents(text: string): ParsedEvents {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  if (lines.every((line) => line === "")) return { fault: `the stream is empty: ${STREAMING}` };
  const events: EngineEvent[] = [];
  for (const [index, line] of lines.entries()) {
    if (line === "") continue;
    const event = parseLine(line);
    if (event === undefined) return { fault: notAnEvent(line, index + 1) };
    events.push(event);
  }
  return { events };
}

function parseLine(line: string): EngineEvent | undefined {
  try {
    const value: unknown = JSON.parse(line);
    const isEvent = typeof value === "object" && value !== null && "sequence" in value;
    return isEvent ? (value as EngineEvent) : undefined;
  } catch {
    return undefined;
  }
}

/** `preview --json` without the variable, and `up --json` before its events, print one object over many lines. */
function notAnEvent(line: string, lineNumber: number): string {
  if (line.startsWith("{") && !line.includes('"sequence"'))
    return `line ${lineNumber} begins a digest, which leaves policy findings out: ${STREAMING}`;
  return `line ${lineNumber} is no engine event: ${STREAMING}`;
}
