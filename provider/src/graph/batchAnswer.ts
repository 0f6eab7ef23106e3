import { z } from "zod";
import type { GraphResponse } from "./middleware";
import { parseJson } from "./operationRequest";
import { retryAfterOf } from "./retryAfter";

/** What one request of a batch was answered, if it was. */
export type ItemAnswer = GraphResponse | "lost";

/** What came of a batch. */
export type BatchAnswer =
  /** One answer for each request, in the order of the requests. */
  | { readonly kind: "items"; readonly answers: readonly ItemAnswer[] }
  /** The service takes no such batch, and has done nothing: each request is to go alone. */
  | { readonly kind: "refused"; readonly isServed: boolean };

const BATCH = z.object({ responses: z.array(z.unknown()) });
const ITEM = z.object({
  id: z.union([z.string(), z.number()]),
  status: z.number().int().min(200).max(599),
  headers: z.record(z.string(), z.unknown()).nullish(),
  body: z.unknown().optional(),
});
type Item = z.infer<typeof ITEM>;

/** Statuses by which a batch as a whole is refused as malformed, too large or unknown: before any request of it is looked at. */
const FRAME_REFUSED = new Set([400, 404, 405, 413, 415, 501]);
/** Those of them that the next batch would meet too. */
const NO_SUCH_ROUTE = new Set([404, 405, 501]);
/** Statuses of requests that are sent again. */
const SENT_AGAIN = new Set([424, 429, 500, 502, 503, 504]);

/**
 * Give each request of a batch its answer. `ids` are those of the requests; the answers come in any order, and ids are
 * compared without case. Source: Graph page "json-batching".
 *
 * `responses` counts whatever the status of the whole: pages of Graph name both 200 and 424 for a batch with a throttled
 * request in it. A request without an answer, or with two, is lost: what became of it is unknown.
 */
export function readBatchAnswer(ids: readonly string[], outer: GraphResponse, nowMs: number): BatchAnswer {
  const batch = BATCH.safeParse(parseJson(outer.body));
  if (batch.success) return { kind: "items", answers: matchItems(ids, batch.data.responses, outer, nowMs) };
  if (FRAME_REFUSED.has(outer.status)) return { kind: "refused", isServed: !NO_SUCH_ROUTE.has(outer.status) };
  // A refusal of the whole (401, 403, 429, 5xx) is one of each; a success that cannot be read says nothing of any.
  return { kind: "items", answers: ids.map(() => (outer.status >= 400 ? outer : "lost")) };
}

function matchItems(
  ids: readonly string[],
  responses: readonly unknown[],
  outer: GraphResponse,
  nowMs: number,
): ItemAnswer[] {
  const byId = new Map<string, Item | "twice">();
  for (const response of responses) {
    const item = ITEM.safeParse(response);
    if (!item.success) continue;
    const id = String(item.data.id).toLowerCase();
    byId.set(id, byId.has(id) ? "twice" : item.data);
  }
  const answers = ids.map((id): ItemAnswer => {
    const item = byId.get(id.toLowerCase());
    return item === undefined || item === "twice" ? "lost" : toResponse(item, outer);
  });
  return withLongestWait(answers, nowMs);
}

function toResponse({ status, headers, body }: Item, outer: GraphResponse): GraphResponse {
  const own = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)] as const);
  return {
    status,
    // For whoever asks Microsoft: a request without a request-id of its own is found under the batch's.
    headers: { "request-id": outer.headers["request-id"], ...Object.fromEntries(own) },
    body: body === undefined || body === null ? "" : typeof body === "string" ? body : JSON.stringify(body),
    attempts: 1,
  };
}

/** What failed is sent again "after the longest Retry-After" of the batch. Source: Graph page "throttling". */
function withLongestWait(answers: readonly ItemAnswer[], nowMs: number): ItemAnswer[] {
  const again = (answer: ItemAnswer): answer is GraphResponse => answer !== "lost" && SENT_AGAIN.has(answer.status);
  const waits = answers.filter(again).map((answer) => retryAfterOf(answer, nowMs));
  const longestMs = Math.max(-1, ...waits.filter((ms) => ms !== undefined));
  if (longestMs < 0) return [...answers];
  const retryAfter = String(longestMs / 1000);
  return answers.map((answer) =>
    again(answer) ? { ...answer, headers: { ...answer.headers, "retry-after": retryAfter } } : answer,
  );
}
