import { matchesGlob } from "./glob";

export type Fault =
  | {
      readonly status: number;
      readonly headers?: Record<string, string>;
      /** Default: an error in Graph's shape for that status. */
      readonly body?: unknown;
      /** True: the request is carried out first and answered with the status afterwards. */
      readonly commit?: boolean;
    }
  | { readonly delayMs: number }
  | { readonly drop: "beforeCommit" | "afterCommit" };

export interface FaultRule {
  /** `path` is a glob over the decoded path without query: `*` within a segment, `**` across. Default: every Graph request. Token requests take part when it contains "oauth2". */
  readonly match?: { readonly method?: string; readonly path?: string };
  /** Matching requests let through first. Default 0. */
  readonly skip?: number;
  /** How many then get the fault. Default 1. */
  readonly times?: number;
  readonly fault: Fault;
}

interface CountedRule {
  readonly rule: FaultRule;
  seen: number;
}

/** The faults to come. Each rule counts the requests that match it; of several rules the first one that is due strikes. */
export class Faults {
  private rules: CountedRule[] = [];

  add(rule: FaultRule): void {
    this.rules.push({ rule, seen: 0 });
  }

  clear(): void {
    this.rules = [];
  }

  /** The fault for this request, which counts as one for every rule up to the one that strikes. */
  strike(method: string, path: string, isGraph: boolean): Fault | undefined {
    for (const counted of this.rules) {
      const { match = {}, skip = 0, times = 1, fault } = counted.rule;
      if (match.method !== undefined && match.method.toUpperCase() !== method) continue;
      if (!isGraph && !namesTokenEndpoint(match.path)) continue;
      if (match.path !== undefined && !matchesGlob(match.path, path)) continue;
      counted.seen++;
      if (counted.seen > skip && counted.seen <= skip + times) return fault;
    }
    return undefined;
  }
}

/** A rule for "every request" means every Graph request: a token request takes part only where its path is written out. */
function namesTokenEndpoint(glob: string | undefined): boolean {
  return glob?.includes("oauth2") === true;
}

/** The fault as the journal names it. */
export function describeFault(fault: Fault): string {
  if ("delayMs" in fault) return `delayMs ${fault.delayMs}`;
  if ("drop" in fault) return `drop ${fault.drop}`;
  return fault.commit === true ? `status ${fault.status} after commit` : `status ${fault.status}`;
}
