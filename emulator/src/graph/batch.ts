import { randomUUID } from "node:crypto";
import type { Answer, Dispatch, EmulatorRequest, Outcome } from "../http/exchange";
import { MAX_BATCH_REQUESTS } from "../limits";
import { isJsonObject } from "../model/json";
import type { JsonObject, JsonValue } from "../model/json";
import type { Profile } from "../options";
import { GraphError } from "./graphError";
import { graphAnswer } from "./graphRequest";
import { readJsonObject } from "./requestBody";

interface BatchItem {
  readonly id: string;
  readonly dependsOn: readonly string[];
  readonly request: EmulatorRequest;
}

/**
 * `POST /{version}/$batch`: Graph page "json-batching". Each request goes through `exchange` as if it had come alone: with its own faults
 * and its own journal entry. The answers come in reverse order, because the page promises none; one whose exchange was dropped is
 * missing. There are no transactions: `atomicityGroup` is ignored, as `respond-async` is.
 */
export async function serveBatch(request: EmulatorRequest, profile: Profile, exchange: Dispatch): Promise<Answer> {
  const items = readBatch(request);
  if (profile === "observed") assertSequentialOrParallel(items);
  const running = new Map<string, Promise<Outcome>>();
  for (const item of items) {
    const earlier = item.dependsOn.flatMap((id) => running.get(id) ?? []);
    running.set(
      item.id.toLowerCase(),
      runAfter(earlier, () => exchange(item.request)),
    );
  }
  const answers = await Promise.all(running.values());
  const responses = items.flatMap(({ id }, index) => {
    const answer = answers[index];
    if (answer === undefined || answer === "dropped") return [];
    // A body that is no JSON, such as a count, is a string: OData JSON 4.01 section 19.5.
    const { status, headers, text, body = text } = answer;
    return [{ id, status, headers, ...(body === undefined ? {} : { body }) }];
  });
  return graphAnswer(200, { responses: responses.reverse() });
}

/** 424 when one it depends on has failed: the same page. */
async function runAfter(earlier: readonly Promise<Outcome>[], run: () => ReturnType<Dispatch>): Promise<Outcome> {
  const outcomes = await Promise.all(earlier);
  const failed = outcomes.some((outcome) => outcome === "dropped" || outcome.status >= 400);
  if (!failed) return run();
  // Assumption: code and text.
  return graphAnswer(424, {
    error: { code: "FailedDependency", message: "A request this one depends on has failed." },
  });
}

/** A fault in the frame refuses the batch as a whole. Assumption: the texts. */
function readBatch(request: EmulatorRequest): BatchItem[] {
  const { requests } = readJsonObject(request);
  if (!Array.isArray(requests) || requests.length === 0 || requests.length > MAX_BATCH_REQUESTS) {
    throw malformed(`'requests' must be an array of 1 to ${MAX_BATCH_REQUESTS} requests`);
  }
  const seen = new Set<string>();
  return requests.map((value) => {
    if (!isJsonObject(value)) throw malformed("every request must be an object");
    const { id } = value;
    if (typeof id !== "string" || id === "") throw malformed("every request must have an 'id', a string");
    if (seen.has(id.toLowerCase())) throw malformed(`the id '${id}' is there twice (ids are compared without case)`);
    const dependsOn = readDependsOn(id, value["dependsOn"] ?? [], seen);
    seen.add(id.toLowerCase());
    return { id, dependsOn, request: toRequest(request, id, value) };
  });
}

/** A request depends only on ones that stand before it: msgraph-sdk-dotnet-core issue #891, msgraph-sdk-java-core issue #71. */
function readDependsOn(id: string, value: JsonValue, earlier: ReadonlySet<string>): string[] {
  if (!Array.isArray(value)) throw malformed(`'dependsOn' of '${id}' must be an array`);
  return value.map((name) => {
    if (typeof name === "string" && earlier.has(name.toLowerCase())) return name.toLowerCase();
    throw malformed(`'dependsOn' of '${id}' names ${JSON.stringify(name)}, which does not stand before it`);
  });
}

/**
 * The service takes three shapes: none depends on another, each on the one before it, or all others on the same one. Text:
 * microsoft-graph-docs issue #16280; the last shape: Microsoft's own JavaScript client, which checks for the three.
 * Assumption: documented takes any, as OData JSON 4.01 section 19.1.2 does.
 */
function assertSequentialOrParallel(items: readonly BatchItem[]): void {
  const [first, ...others] = items;
  const isParallel = items.every(({ dependsOn }) => dependsOn.length === 0);
  const dependsOnlyOn = (item: BatchItem, id: string | undefined): boolean =>
    item.dependsOn.length === 1 && item.dependsOn[0] === id?.toLowerCase();
  const isSequential = others.every((item, index) => dependsOnlyOn(item, items[index]?.id));
  const isFan = others.every((item) => dependsOnlyOn(item, first?.id));
  if (!isParallel && !isSequential && !isFan)
    throw malformed("Batch should be either fully sequential or fully parallel");
}

function toRequest(
  outer: EmulatorRequest,
  id: string,
  { method, url, headers = {}, body }: JsonObject,
): EmulatorRequest {
  if (typeof method !== "string") throw malformed(`'method' of '${id}' must be a string`);
  if (typeof url !== "string" || /^[a-z]+:/i.test(url) || /^\/?(\$|%24)batch\b/i.test(url)) {
    throw malformed(`'url' of '${id}' must be relative to the version root and no batch`);
  }
  const own = readHeaders(id, headers);
  if (body !== undefined && own["content-type"] === undefined)
    throw malformed(`'${id}' has a body and no Content-Type header`);
  const [root = ""] = outer.path.slice(1).split("/");
  const [path = "", ...query] = url.replace(/^\//, "").split("?");
  const requestId = randomUUID();
  const { authorization, "user-agent": userAgent } = outer.headers;
  return {
    method: method.toUpperCase(),
    path: `/${root}/${path}`,
    query: query.join("?"),
    headers: {
      ...(userAgent === undefined ? {} : { "user-agent": userAgent }),
      ...own,
      ...(authorization === undefined ? {} : { authorization }),
    },
    body: body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(body)),
    origin: outer.origin,
    requestId,
    clientRequestId: own["client-request-id"] ?? requestId,
  };
}

function readHeaders(id: string, value: JsonValue): Record<string, string> {
  if (!isJsonObject(value)) throw malformed(`'headers' of '${id}' must be an object`);
  return Object.fromEntries(
    Object.entries(value).map(([name, text]) => {
      if (typeof text !== "string") throw malformed(`header '${name}' of '${id}' must be a string`);
      return [name.toLowerCase(), text];
    }),
  );
}

function malformed(reason: string): GraphError {
  return new GraphError(400, "BadRequest", `Invalid batch payload: ${reason}.`, "graph");
}
