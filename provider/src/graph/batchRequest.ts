import type { GraphRequest } from "./middleware";

/** Requests in one `$batch`. Source: Graph page "json-batching". */
export const MAX_BATCH_ITEMS = 20;
/** Assumption: below 4 MB, the limit that secondary sources give for a request to Graph. */
const MAX_BATCH_BYTES = 3_500_000;
/** `{"requests":[]}` and the commas. */
const FRAME_BYTES = 64;

/** Headers that the batch carries for all requests in it. */
const OUTER_HEADERS = new Set(["authorization", "user-agent"]);

/** A request as part of a batch. */
export interface BatchItem {
  readonly id: string;
  readonly text: string;
}

/** Where a version of Graph begins, e.g. `https://graph.microsoft.com/beta`; `undefined` for a URL outside `graphEndpoint`. */
function versionRoot(graphEndpoint: string, url: string): string | undefined {
  if (!url.startsWith(`${graphEndpoint}/`)) return undefined;
  const version = url.slice(graphEndpoint.length + 1).split("/")[0] ?? "";
  return `${graphEndpoint}/${version}`;
}

/**
 * True for what may travel in a batch: any single entity's request. Lists stay plain: their pages are large, and what
 * a batch answers with `@odata.nextLink` is a contract of its own.
 */
export function isBatchable(graphEndpoint: string, request: GraphRequest): boolean {
  return versionRoot(graphEndpoint, request.url) !== undefined && !request.url.includes("?");
}

/**
 * Divide requests into batches, in order: each of one version root and one token, of at most {@link MAX_BATCH_ITEMS}
 * requests, and short enough. A batch of one is a plain request.
 */
export function splitIntoBatches<T extends { readonly request: GraphRequest }>(
  graphEndpoint: string,
  waiting: readonly T[],
): T[][] {
  const batches: { readonly key: string; readonly members: T[]; bytes: number }[] = [];
  for (const one of waiting) {
    const { url, headers } = one.request;
    const key = JSON.stringify([versionRoot(graphEndpoint, url), headers["authorization"]]);
    const bytes = Buffer.byteLength(toBatchItem(graphEndpoint, one.request, String(MAX_BATCH_ITEMS)).text) + 1;
    const open = batches.findLast((batch) => batch.key === key);
    if (open !== undefined && open.members.length < MAX_BATCH_ITEMS && open.bytes + bytes <= MAX_BATCH_BYTES) {
      open.members.push(one);
      open.bytes += bytes;
    } else batches.push({ key, members: [one], bytes: bytes + FRAME_BYTES });
  }
  return batches.map(({ members }) => members);
}

function toBatchItem(graphEndpoint: string, request: GraphRequest, id: string): BatchItem {
  const root = versionRoot(graphEndpoint, request.url) ?? "";
  const headers = Object.entries(request.headers).filter(([name]) => !OUTER_HEADERS.has(name));
  const frame = {
    id,
    method: request.method,
    url: request.url.slice(root.length),
    headers: Object.fromEntries(headers),
  };
  const text = JSON.stringify(frame);
  // The body is JSON already; parsing it only to write it again could change it.
  return { id, text: request.body === undefined ? text : `${text.slice(0, -1)},"body":${request.body}}` };
}

/** The `$batch` that carries these requests, of one version root and token; their ids are "1", "2", … in order. */
export function toBatchRequest(
  graphEndpoint: string,
  requests: readonly [GraphRequest, ...GraphRequest[]],
  clientRequestId: string,
): GraphRequest {
  const [first] = requests;
  const texts = requests.map((request, index) => toBatchItem(graphEndpoint, request, batchId(index)).text);
  const shared = Object.entries(first.headers).filter(([name]) => OUTER_HEADERS.has(name));
  return {
    method: "POST",
    url: `${versionRoot(graphEndpoint, first.url) ?? graphEndpoint}/$batch`,
    headers: {
      ...Object.fromEntries(shared),
      accept: "application/json",
      "content-type": "application/json",
      "client-request-id": clientRequestId,
    },
    body: `{"requests":[${texts.join(",")}]}`,
    operation: "$batch",
    resource: first.resource,
    permission: first.permission,
    identityValues: [],
    startedMs: Math.min(...requests.map(({ startedMs }) => startedMs)),
    deadlineMs: Math.min(...requests.map(({ deadlineMs }) => deadlineMs)),
  };
}

/** The id in a batch of the request at `index`. */
export const batchId = (index: number): string => String(index + 1);
