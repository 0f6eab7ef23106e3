import { MAX_GLOB_LENGTH } from "../limits";
import { InputError } from "../inputError";
import type { FaultRule } from "../world/fault";
import { assertWhole, only } from "../assertInput";
import { readFault } from "./faultKinds";

/** The rule a JSON document describes. @throws {InputError} naming the first thing that is wrong. */
export function readFaultRule(value: unknown): FaultRule {
  const { match, skip, times, probability, fault } = only("rule", value, [
    "match",
    "skip",
    "times",
    "probability",
    "fault",
  ]);
  if (skip !== undefined) assertWhole("skip", skip, 0, Number.MAX_SAFE_INTEGER);
  if (times !== undefined) assertWhole("times", times, 1, Number.MAX_SAFE_INTEGER);
  if (probability !== undefined && !(typeof probability === "number" && probability > 0 && probability <= 1)) {
    throw new InputError("probability must be a number from above 0 to 1, such as 0.25");
  }
  return {
    ...(match === undefined ? {} : { match: readMatch(match) }),
    ...(skip === undefined ? {} : { skip }),
    ...(times === undefined ? {} : { times }),
    ...(probability === undefined ? {} : { probability }),
    fault: readFault(fault),
  };
}

/** The rules of a fault plan: an array of them. @throws {InputError} naming the rule by its number from 0. */
export function readFaultRules(value: unknown): FaultRule[] {
  if (!Array.isArray(value)) throw new InputError("a fault plan must be an array of rules");
  return value.map((rule: unknown, index) => {
    try {
      return readFaultRule(rule);
    } catch (error) {
      throw error instanceof InputError ? new InputError(`rule ${index}: ${error.message}`) : error;
    }
  });
}

function readMatch(value: unknown): { method?: string; path?: string } {
  const { method, path } = only("match", value, ["method", "path"]);
  if (method !== undefined && typeof method !== "string") throw new InputError("match.method must be a string");
  if (path !== undefined && (typeof path !== "string" || path.length > MAX_GLOB_LENGTH)) {
    throw new InputError(`match.path must be a string of at most ${MAX_GLOB_LENGTH} characters`);
  }
  return { ...(method === undefined ? {} : { method }), ...(path === undefined ? {} : { path }) };
}
