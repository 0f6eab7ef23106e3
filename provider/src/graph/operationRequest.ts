import type { Values } from "../model/body";
import type { EntityDescriptor } from "../model/entityDescriptor";
import type { RequestFacts } from "./errors";
import type { GraphRequest } from "./middleware";
import type { OperationName } from "./settings";

/** The values of the parent keys, e.g. `{deviceCompliancePolicyId}`. */
export type ParentKeys = Readonly<Record<string, string>>;

/** A request as an operation describes it; the pipeline adds the headers. */
export type OperationRequest = Omit<GraphRequest, "headers">;

export interface Operation {
  readonly verb: OperationName | "list";
  readonly method: GraphRequest["method"];
  readonly parents: ParentKeys;
  /** Absent: the collection. */
  readonly id?: string;
  /** Values that a refusal might repeat. */
  readonly values?: Values;
  readonly time: OperationTime;
}

/** Epoch milliseconds of an operation's begin, and by when it must be over, waits included. */
export interface OperationTime {
  readonly startedMs: number;
  readonly deadlineMs: number;
}

/** Address an operation on an entity set: URL, permission, and what must not show in an error. */
export function operationRequest(
  graphEndpoint: string,
  descriptor: EntityDescriptor,
  operation: Operation,
): OperationRequest {
  const { verb, method, parents, id, values = {}, time } = operation;
  return {
    operation: `${verb} ${descriptor.resource}`,
    resource: descriptor.resource,
    permission: method === "GET" ? descriptor.permissions.read : descriptor.permissions.write,
    method,
    url: [
      graphEndpoint,
      descriptor.version,
      ...segments(descriptor, parents),
      ...(id === undefined ? [] : [encodeURIComponent(id)]),
    ].join("/"),
    identityValues: identityValues(descriptor, values),
    startedMs: time.startedMs,
    deadlineMs: time.deadlineMs,
  };
}

/** Keys in OData's slash form; any text is one segment, whatever it holds. */
function segments(descriptor: EntityDescriptor, parents: ParentKeys): string[] {
  return descriptor.entitySet.map((segment) => {
    const key = /^\{(.*)\}$/.exec(segment)?.[1];
    return key === undefined ? segment : encodeURIComponent(parents[key] ?? "");
  });
}

/** Shorter values would be struck out of the middle of ordinary words, and tell nothing by themselves. */
const MIN_WITHHELD_LENGTH = 3;

function identityValues(descriptor: EntityDescriptor, values: Values): string[] {
  return descriptor.properties
    .filter((property) => property.identity)
    .map((property) => values[property.name])
    .filter((value): value is string => typeof value === "string" && value.length >= MIN_WITHHELD_LENGTH);
}

/** What an error says of a request. */
export const requestFacts = (request: OperationRequest, attempts = 1, nowMs = Date.now()): RequestFacts => ({
  operation: request.operation,
  resource: request.resource,
  method: request.method,
  path: new URL(request.url).pathname,
  attempts,
  elapsedMs: nowMs - request.startedMs,
});

/** Parse an answer's body; `undefined` if it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
