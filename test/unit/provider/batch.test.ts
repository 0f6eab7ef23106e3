import { readBatchAnswer } from "../../../provider/src/graph/batchAnswer";
import { isBatchable, splitIntoBatches, toBatchRequest } from "../../../provider/src/graph/batchRequest";
import type { GraphRequest, GraphResponse } from "../../../provider/src/graph/middleware";

const ENDPOINT = "https://graph.example/base";
const request = (more: Partial<GraphRequest> = {}): GraphRequest => ({
  method: "POST",
  url: `${ENDPOINT}/beta/deviceManagement/deviceCompliancePolicies/p%2F1/deviceStatuses`,
  headers: {
    authorization: "Bearer t",
    "user-agent": "agent/1",
    "client-request-id": "own",
    accept: "application/json",
  },
  operation: "create X",
  resource: "X",
  permission: "P",
  identityValues: [],
  startedMs: 0,
  deadlineMs: 60_000,
  ...more,
});
const sizes = (requests: readonly GraphRequest[]): number[] =>
  splitIntoBatches(
    ENDPOINT,
    requests.map((one) => ({ request: one })),
  ).map(({ length }) => length);

describe("what becomes a batch", () => {
  test.each<[string, Partial<GraphRequest>, boolean]>([
    ["a create", {}, true],
    ["a read of one entity", { method: "GET", url: `${ENDPOINT}/beta/a/b` }, true],
    ["a list", { method: "GET", url: `${ENDPOINT}/beta/a?$top=999` }, false],
    ["another service", { url: "https://elsewhere.example/beta/a" }, false],
    ["an endpoint that only begins alike", { url: `${ENDPOINT}2/beta/a` }, false],
  ])("%s: %s", (_, more, expected) => {
    expect(isBatchable(ENDPOINT, request(more))).toBe(expected);
  });

  test("20 go into one, the 21st into the next", () => {
    expect(sizes(Array.from({ length: 41 }, () => request()))).toEqual([20, 20, 1]);
  });

  test("one batch has one token and one version root", () => {
    const other = { headers: { authorization: "Bearer u" } };
    const v1 = { url: `${ENDPOINT}/v1.0/a` };
    expect(sizes([request(), request(other), request(), request(v1), request(other), request()])).toEqual([3, 2, 1]);
  });

  test("large bodies are divided so that no batch is above 3.5 MB, and none is left out", () => {
    const large = request({ body: JSON.stringify({ text: "é".repeat(800_000) }) });
    expect(sizes([large, large, large, request()])).toEqual([2, 2]);
    expect(sizes([request({ body: JSON.stringify({ text: "e".repeat(4_000_000) }) }), request()])).toEqual([1, 1]);
  });

  test("ids are unique, urls relative, bodies as they are; token and agent are the batch's, other headers each one's own", () => {
    const first = request({ body: '{"platform":8,"a":1.0}', deadlineMs: 70_000 });
    const second = request({ method: "DELETE", headers: { ...request().headers, "client-request-id": "other" } });
    const batch = toBatchRequest(ENDPOINT, [first, second], "outer");
    const own = (id: string) => ({ "client-request-id": id, accept: "application/json" });
    const url = "/deviceManagement/deviceCompliancePolicies/p%2F1/deviceStatuses";
    expect(batch).toMatchObject({ method: "POST", url: `${ENDPOINT}/beta/$batch`, deadlineMs: 60_000 });
    expect(batch.headers).toEqual({
      authorization: "Bearer t",
      "user-agent": "agent/1",
      accept: "application/json",
      "content-type": "application/json",
      "client-request-id": "outer",
    });
    expect(JSON.parse(batch.body ?? "")).toEqual({
      requests: [
        { id: "1", method: "POST", url, headers: own("own"), body: { platform: 8, a: 1 } },
        { id: "2", method: "DELETE", url, headers: own("other") },
      ],
    });
    expect(batch.body).toContain('"body":{"platform":8,"a":1.0}');
  });
});

describe("what each request was answered", () => {
  const outer = (body: unknown, status = 200): GraphResponse => ({
    status,
    headers: { "request-id": "outer" },
    body: typeof body === "string" ? body : JSON.stringify(body),
    attempts: 1,
  });
  const read = (ids: readonly string[], answer: GraphResponse): unknown => {
    const result = readBatchAnswer(ids, answer, 0);
    return result.kind === "refused"
      ? result
      : result.answers.map((one) => (one === "lost" ? one : `${String(one.status)} ${one.body}`));
  };
  const ok = (id: string, body: unknown = id): object => ({ id, status: 201, body: { body } });

  test.each<[string, readonly string[], GraphResponse, unknown]>([
    [
      "in any order, without case",
      ["a", "B"],
      outer({ responses: [ok("b"), ok("A")] }),
      ['201 {"body":"A"}', '201 {"body":"b"}'],
    ],
    ["a missing one is lost", ["1", "2"], outer({ responses: [ok("2")] }), ["lost", '201 {"body":"2"}']],
    [
      "one answered twice is lost",
      ["1", "2"],
      outer({ responses: [ok("1"), ok("2"), ok("1")] }),
      ["lost", '201 {"body":"2"}'],
    ],
    ["twice in another case too", ["a"], outer({ responses: [ok("a"), ok("A")] }), ["lost"]],
    ["one without a status is lost", ["1"], outer({ responses: [{ id: "1", body: {} }] }), ["lost"]],
    [
      "an answer to nothing asked is passed over",
      ["1"],
      outer({ responses: [ok("9"), ok("1")] }),
      ['201 {"body":"1"}'],
    ],
    ["no body", ["1"], outer({ responses: [{ id: "1", status: 204 }] }), ["204 "]],
    [
      "a body that is text",
      ["1"],
      outer({ responses: [{ id: "1", status: 200, body: "PGh0bWw+" }] }),
      ["200 PGh0bWw+"],
    ],
    [
      "responses count whatever the status around them",
      ["1"],
      outer({ responses: [ok("1")] }, 424),
      ['201 {"body":"1"}'],
    ],
    ["a success cut short says nothing", ["1", "2"], outer('{"responses":[{"id":"1","sta'), ["lost", "lost"]],
    ["a page with status 200 says nothing", ["1"], outer("<html>"), ["lost"]],
    ["a redirect says nothing", ["1"], outer("", 302), ["lost"]],
    ["401 is everybody's", ["1", "2"], outer("no", 401), ["401 no", "401 no"]],
    ["403 is everybody's", ["1"], outer("no", 403), ["403 no"]],
    ["429 is everybody's", ["1"], outer("slow", 429), ["429 slow"]],
    ["503 is everybody's", ["1"], outer("", 503), ["503 "]],
    ["400: the frame was not taken, each goes alone", ["1"], outer("", 400), { kind: "refused", isServed: true }],
    ["413: likewise", ["1"], outer("", 413), { kind: "refused", isServed: true }],
    ["404: there is no such route", ["1"], outer("", 404), { kind: "refused", isServed: false }],
    ["405: likewise", ["1"], outer("", 405), { kind: "refused", isServed: false }],
    ["501: likewise", ["1"], outer("", 501), { kind: "refused", isServed: false }],
  ])("%s", (_, ids, answer, expected) => {
    expect(read(ids, answer)).toEqual(expected);
  });

  test("what is sent again waits for the longest Retry-After of the batch, wherever it stands", () => {
    const message = JSON.stringify({ Message: "Slow", RetryAfter: "2.128" });
    const responses = [
      { id: "1", status: 429, headers: { "Retry-After": "0.249" }, body: {} },
      { id: "2", status: 429, body: { error: { code: "TooManyRequests", message } } },
      { id: "3", status: 503, headers: {} },
      { id: "4", status: 424 },
      ok("5"),
      { id: "6", status: 404, headers: { "retry-after": "9" } },
    ];
    const result = readBatchAnswer(["1", "2", "3", "4", "5", "6"], outer({ responses }, 424), 0);
    const waits = result.kind === "items" && result.answers.map((one) => one !== "lost" && one.headers["retry-after"]);
    expect(waits).toEqual(["2.128", "2.128", "2.128", "2.128", undefined, "9"]);
  });

  test("without any Retry-After none is made up", () => {
    const result = readBatchAnswer(["1"], outer({ responses: [{ id: "1", status: 429 }] }), 0);
    expect(result.kind === "items" && result.answers[0]).toMatchObject({ headers: { "request-id": "outer" } });
    expect(JSON.stringify(result)).not.toContain("retry-after");
  });

  test("a request's own request-id goes before the batch's", () => {
    const responses = [{ ...ok("1"), headers: { "Request-Id": "own" } }, ok("2")];
    const result = readBatchAnswer(["1", "2"], outer({ responses }), 0);
    expect(result.kind === "items" && result.answers.map((one) => one !== "lost" && one.headers["request-id"])).toEqual(
      ["own", "outer"],
    );
  });
});
