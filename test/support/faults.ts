import type { ProxyAnswer, ProxyFault } from "./faultProxy";

/** Everything that can go wrong with one request, by the name it has in docs/crash-matrix.md. */
export const PLAIN_FAULTS: Readonly<Record<string, () => ProxyFault>> = {
  "reset before it is sent": () => ({ kind: "resetBefore" }),
  "reset after it is carried out": () => ({ kind: "resetAfter" }),
  "timeout after it is carried out": () => ({ kind: "hangAfter" }),
  "429, Retry-After: 1": () => refusal(429, "TooManyRequests", { "retry-after": "1" }),
  "429, Retry-After: 0.249": () => refusal(429, "TooManyRequests", { "retry-after": "0.249" }),
  "429, Retry-After: an HTTP date": () =>
    refusal(429, "TooManyRequests", { "retry-after": new Date(Date.now() + 1000).toUTCString() }),
  "429 without Retry-After": () => refusal(429, "TooManyRequests"),
  "429, RetryAfter in the message": () =>
    refusal(429, "TooManyRequests", {}, JSON.stringify({ Message: "Slow down", RetryAfter: "0.3", HttpHeaders: "{}" })),
  "401, the token has expired": () => refusal(401, "InvalidAuthenticationToken"),
  "500, not carried out": () => refusal(500, "InternalServerError"),
  "500, carried out": () => afterwards(refusalAnswer(500, "InternalServerError")),
  "502 page of a proxy, not carried out": () => ({ kind: "answer", answer: page(502) }),
  "502 page of a proxy, carried out": () => afterwards(page(502)),
  "503, not carried out": () => refusal(503, "ServiceUnavailable", { "retry-after": "0.2" }),
  "503, carried out": () => afterwards(refusalAnswer(503, "ServiceUnavailable", { "retry-after": "0.2" })),
  "504, carried out": () => afterwards(refusalAnswer(504, "GatewayTimeout")),
  "truncated JSON": () => ({ kind: "edit", edit: (answer) => ({ ...answer, body: answer.body.slice(0, -5) }) }),
  "a page with status 200": () => afterwards(page(200)),
  "JSON under a wrong content type": () => ({
    kind: "edit",
    edit: (answer) => ({ ...answer, headers: { ...answer.headers, "content-type": "text/html" } }),
  }),
};

interface BatchItem {
  readonly id: string;
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

/** What can go wrong inside the answer to a `$batch`; the requests in it are carried out unless the name says otherwise. */
export const BATCH_FAULTS: Readonly<Record<string, () => ProxyFault>> = {
  ...PLAIN_FAULTS,
  "batch: an item is missing": () => editItems((items) => items.slice(1)),
  "batch: items in another order": () => editItems((items) => items.toReversed()),
  "batch: an id twice": () =>
    editItems(([first, ...rest]) => (first === undefined ? rest : [first, ...rest, { ...first, status: 404 }])),
  "batch: an item answered 503 although carried out": () =>
    editItems(([first, ...rest]) =>
      first === undefined ? rest : [{ id: first.id, status: 503, headers: { "Retry-After": "0.2" } }, ...rest],
    ),
  "batch: an item throttled": () => withheldItem({ status: 429, headers: { "RETRY-AFTER": "0.249" } }),
  "batch: an item throttled, 424 around it": () =>
    withheldItem({ status: 429, headers: { "Retry-After": "0.249" } }, 424),
  "batch: an item answered 424": () =>
    withheldItem({ status: 424, body: { error: { code: "FailedDependency", message: "Failed dependency." } } }),
  "batch: an item answered 500 although carried out": () =>
    editItems(([first, ...rest]) => (first === undefined ? rest : [{ id: first.id, status: 500 }, ...rest])),
  "batch: no item at all": () => editItems(() => []),
};

function refusal(status: number, code: string, headers: Record<string, string> = {}, message = code): ProxyFault {
  return { kind: "answer", answer: refusalAnswer(status, code, headers, message) };
}

function refusalAnswer(
  status: number,
  code: string,
  headers: Record<string, string> = {},
  message = code,
): ProxyAnswer {
  const body = JSON.stringify({ error: { code, message, innerError: {} } });
  return { status, headers: { "content-type": "application/json", ...headers }, body };
}

const page = (status: number): ProxyAnswer => ({
  status,
  headers: { "content-type": "text/html" },
  body: "<html><body>proxy</body></html>",
});

const afterwards = (answer: ProxyAnswer): ProxyFault => ({ kind: "edit", edit: () => answer });

/** One item is not carried out and answered in the service's place; a body that is no batch's is let through as it is. */
function withheldItem(answer: Omit<BatchItem, "id">, outerStatus = 200): ProxyFault {
  let withheld: { readonly id: string } | undefined;
  return {
    kind: "rewrite",
    body: (body) => {
      const json = JSON.parse(body === "" ? "null" : body) as { requests?: { id: string }[] } | null;
      if (json?.requests === undefined) return body;
      const [first, ...rest] = json.requests;
      withheld = first;
      return JSON.stringify({ ...json, requests: rest });
    },
    edit: (outer) => {
      if (withheld === undefined) return outer;
      const { responses } = JSON.parse(outer.body) as { responses: BatchItem[] };
      const body = JSON.stringify({ responses: [...responses, { id: withheld.id, ...answer }] });
      return { ...outer, status: outerStatus, body };
    },
  };
}

/** An answer that is no batch's is let through as it is. */
function editItems(edit: (items: readonly BatchItem[]) => readonly BatchItem[]): ProxyFault {
  return {
    kind: "edit",
    edit: (answer) => {
      const json = JSON.parse(answer.body === "" ? "null" : answer.body) as { responses?: BatchItem[] } | null;
      if (json?.responses === undefined) return answer;
      return { ...answer, body: JSON.stringify({ ...json, responses: edit(json.responses) }) };
    },
  };
}
