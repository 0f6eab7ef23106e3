import { Chance } from "./chance";
import type { Fault, FaultRule } from "./fault";
import { matchesGlob } from "./glob";

/** A rule and what has become of it. */
export interface CountedRule {
  readonly rule: FaultRule;
  /** Requests that matched. */
  readonly seen: number;
  /** Those that got the fault. */
  readonly struck: number;
}

interface Counting {
  readonly rule: FaultRule;
  readonly chance: Chance;
  seen: number;
  struck: number;
}

/** The faults to come. Each rule counts the requests that match it; of several rules the first one that is due strikes. */
export class Faults {
  private rules: Counting[] = [];

  /** Every run with this seed and these rules strikes the same requests, as long as they come in the same order. */
  constructor(readonly seed: number) {}

  add(rule: FaultRule): void {
    this.rules.push({ rule, chance: new Chance(this.seed, this.rules.length), seen: 0, struck: 0 });
  }

  clear(): void {
    this.rules = [];
  }

  list(): CountedRule[] {
    return this.rules.map(({ rule, seen, struck }) => ({ rule, seen, struck }));
  }

  /** The fault for this request, which counts as one for every rule up to the one that strikes. */
  strike(method: string, path: string, isGraph: boolean): Fault | undefined {
    for (const counting of this.rules) {
      if (!matches(counting.rule, method, path, isGraph)) continue;
      counting.seen++;
      if (!isDue(counting)) continue;
      counting.struck++;
      return drawn(counting.rule.fault, counting.chance);
    }
    return undefined;
  }
}

function matches({ match = {} }: FaultRule, method: string, path: string, isGraph: boolean): boolean {
  if (match.method !== undefined && match.method.toUpperCase() !== method) return false;
  // A rule for "every request" means every Graph request: a token request takes part only where its path is written out.
  if (!isGraph && match.path?.includes("oauth2") !== true) return false;
  return match.path === undefined || matchesGlob(match.path, path);
}

function isDue({ rule, chance, seen, struck }: Counting): boolean {
  const { skip = 0, probability, times = probability === undefined ? 1 : Infinity } = rule;
  if (seen <= skip || struck >= times) return false;
  return probability === undefined || chance.next() < probability;
}

/** With its range drawn from. */
function drawn(fault: Fault, chance: Chance): Fault {
  if (!("delayMs" in fault) || typeof fault.delayMs === "number") return fault;
  const { from, to } = fault.delayMs;
  return { delayMs: from + Math.floor(chance.next() * (to - from + 1)) };
}
