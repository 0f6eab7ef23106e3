import { MAX_DELAY_MS } from "../limits";
import { isJsonObject } from "../model/json";
import type { JsonObject } from "../model/json";
import type { Fault, FaultRule } from "../world/faults";

/** A rule in a form the emulator cannot carry out. */
export class FaultRuleError extends Error {
  override readonly name = "FaultRuleError";
}

/** The rule a JSON document describes. @throws {FaultRuleError} naming the first thing that is wrong. */
export function readFaultRule(value: unknown): FaultRule {
  const { match, skip, times, fault } = only("rule", value, ["match", "skip", "times", "fault"]);
  if (skip !== undefined) assertWhole("skip", skip, 0, Number.MAX_SAFE_INTEGER);
  if (times !== undefined) assertWhole("times", times, 1, Number.MAX_SAFE_INTEGER);
  return {
    ...(match === undefined ? {} : { match: readMatch(match) }),
    ...(skip === undefined ? {} : { skip }),
    ...(times === undefined ? {} : { times }),
    fault: readFault(fault),
  };
}

function readMatch(value: unknown): { method?: string; path?: string } {
  const { method, path } = only("match", value, ["method", "path"]);
  if (method !== undefined && typeof method !== "string") throw new FaultRuleError("match.method must be a string");
  if (path !== undefined && typeof path !== "string") throw new FaultRuleError("match.path must be a string");
  return { ...(method === undefined ? {} : { method }), ...(path === undefined ? {} : { path }) };
}

function readFault(value: unknown): Fault {
  const fault = only("fault", value, ["status", "headers", "body", "commit", "delayMs", "drop"]);
  const kinds = ["status", "delayMs", "drop"].filter((kind) => Object.hasOwn(fault, kind));
  if (kinds.length !== 1) throw new FaultRuleError("fault must have exactly one of status, delayMs, drop");
  if (kinds[0] === "status") return readStatusFault(fault);
  const [other] = Object.keys(fault).filter((name) => name !== kinds[0]);
  if (other !== undefined) throw new FaultRuleError(`fault.${other} needs fault.status`);
  const { delayMs, drop } = fault;
  if (kinds[0] === "delayMs") {
    assertWhole("fault.delayMs", delayMs, 0, MAX_DELAY_MS);
    return { delayMs };
  }
  if (drop !== "beforeCommit" && drop !== "afterCommit")
    throw new FaultRuleError("fault.drop must be beforeCommit or afterCommit");
  return { drop };
}

function readStatusFault({ status, headers, body, commit }: JsonObject): Fault {
  assertWhole("fault.status", status, 200, 599);
  if (commit !== undefined && typeof commit !== "boolean")
    throw new FaultRuleError("fault.commit must be true or false");
  return {
    status,
    ...(headers === undefined ? {} : { headers: readHeaders(headers) }),
    ...(body === undefined ? {} : { body }),
    ...(commit === undefined ? {} : { commit }),
  };
}

function readHeaders(value: unknown): Record<string, string> {
  if (!isJsonObject(value)) throw new FaultRuleError("fault.headers must be an object");
  return Object.fromEntries(
    Object.entries(value).map(([name, text]) => {
      // Token and field value of RFC 9110 sections 5.6.2 and 5.5; Node would throw on others while answering.
      if (!/^[!#$%&'*+\-.^_`|~\w]+$/.test(name) || typeof text !== "string" || !/^[\t\x20-\x7e]*$/.test(text)) {
        throw new FaultRuleError(`fault.headers: '${name}' is not a header with a text value`);
      }
      return [name, text];
    }),
  );
}

function only(where: string, value: unknown, names: readonly string[]): JsonObject {
  if (!isJsonObject(value)) throw new FaultRuleError(`${where} must be an object`);
  const unknown = Object.keys(value).find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new FaultRuleError(`${where} has no property '${unknown}'; it has ${names.join(", ")}`);
  return value;
}

function assertWhole(name: string, value: unknown, min: number, max: number): asserts value is number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < min || value > max) {
    throw new FaultRuleError(`${name} must be a whole number from ${min} to ${max}`);
  }
}
