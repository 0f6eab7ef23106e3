import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { type GraphRequest, type GraphResponse, TransportFailure } from "../../../provider/src/graph/middleware";
import { batch } from "../../../provider/src/graph/steps/batch";
import { BATCH_CHANNEL } from "../../../provider/src/graph/telemetry";

const ENDPOINT = "https://graph.example";
const events: unknown[] = [];
const hear = (message: unknown): void => void events.push(message);
beforeEach(() => {
  jest.useFakeTimers({ now: 1_000_000 });
  events.length = 0;
  subscribe(BATCH_CHANNEL, hear);
});
afterEach(() => {
  unsubscribe(BATCH_CHANNEL, hear);
  jest.useRealTimers();
});

type Answer = (request: GraphRequest) => Partial<GraphResponse> | Promise<never>;

/** The step over a service that answers as told, and what reached it. */
function over(answer: Answer) {
  const sent: GraphRequest[] = [];
  const clock = { now: () => Date.now(), sleep: (ms: number) => new Promise((resolve) => setTimeout(resolve, ms)) };
  const send = batch({ graphEndpoint: ENDPOINT, newId: () => "outer-id", clock })(async (request) => {
    sent.push(request);
    return { status: 200, headers: {}, body: "", attempts: 1, ...(await answer(request)) };
  });
  return { send, sent, paths: () => sent.map(({ method, url }) => `${method} ${url.slice(ENDPOINT.length)}`) };
}
const request = (path: string, more: Partial<GraphRequest> = {}): GraphRequest => ({
  method: "POST",
  url: `${ENDPOINT}/beta/${path}`,
  headers: {},
  body: "{}",
  operation: "create X",
  resource: "X",
  permission: "P",
  identityValues: [],
  startedMs: 0,
  deadlineMs: 2_000_000,
  ...more,
});
const isBatch = ({ url }: GraphRequest): boolean => url.endsWith("/$batch");
const idsOf = ({ body }: GraphRequest): string[] =>
  (JSON.parse(body ?? "") as { requests: { id: string }[] }).requests.map(({ id }) => id);
const served: Answer = (one) =>
  isBatch(one)
    ? { body: JSON.stringify({ responses: idsOf(one).map((id) => ({ id, status: 201, body: { n: id } })) }) }
    : { body: '"alone"' };
const outcome = (promise: Promise<GraphResponse>): Promise<string> =>
  promise.then(
    ({ status, body }) => `${String(status)} ${body}`,
    (error: unknown) =>
      error instanceof TransportFailure
        ? `${error.reason}, may have arrived: ${String(error.mayHaveArrived)}`
        : "threw",
  );

test("what comes within the window goes together, each with its own answer; what comes alone goes plain", async () => {
  const { send, paths } = over(served);
  const first = outcome(send(request("a")));
  await jest.advanceTimersByTimeAsync(4);
  const second = outcome(send(request("b")));
  expect(paths()).toEqual([]);
  await jest.advanceTimersByTimeAsync(1);
  expect(await Promise.all([first, second])).toEqual(['201 {"n":"1"}', '201 {"n":"2"}']);
  const third = outcome(send(request("c")));
  await jest.advanceTimersByTimeAsync(5);
  expect(await third).toBe('200 "alone"');
  expect(paths()).toEqual(["POST /beta/$batch", "POST /beta/c"]);
  expect(events).toEqual([
    { items: 2, durationMs: 0, status: 200, failure: undefined, clientRequestId: "outer-id", requestId: undefined },
  ]);
});

test("20 go at once, without waiting; a list and an operation in its last seconds never wait", async () => {
  const { send, paths, sent } = over(served);
  const all = Array.from({ length: 21 }, (_, index) => outcome(send(request(String(index)))));
  void send(request("list?$top=1", { method: "GET" }));
  void send(request("urgent", { deadlineMs: Date.now() + 1_000 }));
  await jest.advanceTimersByTimeAsync(0);
  expect(paths()).toEqual(["POST /beta/$batch", "GET /beta/list?$top=1", "POST /beta/urgent"]);
  expect(sent[0] === undefined ? [] : idsOf(sent[0])).toHaveLength(20);
  await jest.advanceTimersByTimeAsync(5);
  expect(paths().at(-1)).toBe("POST /beta/20");
  expect(await Promise.all(all)).toContain('201 {"n":"20"}');
});

test("a batch that is lost, is lost to each; each failure counts its own attempts", async () => {
  const lost = new TransportFailure("other side closed", true, "look", undefined);
  const { send } = over((one) => (isBatch(one) ? Promise.reject(lost) : {}));
  const failures = [send(request("a")), send(request("b"))].map((one) => one.catch((error: unknown) => error));
  await jest.advanceTimersByTimeAsync(5);
  const [one, other] = await Promise.all(failures);
  expect(one).toMatchObject({ reason: "other side closed", mayHaveArrived: true, attempts: 1 });
  expect(one).not.toBe(other);
  expect(events).toEqual([expect.objectContaining({ items: 2, status: undefined, failure: "other side closed" })]);
});

test("one that its batch does not answer is lost, and may have arrived", async () => {
  const { send } = over(() => ({ body: JSON.stringify({ responses: [{ id: "2", status: 204 }] }) }));
  const both = [outcome(send(request("a"))), outcome(send(request("b")))];
  await jest.advanceTimersByTimeAsync(5);
  expect(await Promise.all(both)).toEqual([
    "the answer to its $batch does not hold it, may have arrived: true",
    "204 ",
  ]);
});

test.each([
  [400, 2],
  [404, 1],
])(
  "a batch refused with %d as a whole goes again one by one; batches tried for two rounds: %d",
  async (status, tried) => {
    const { send, paths } = over((one) => (isBatch(one) ? { status } : { body: '"alone"' }));
    for (let round = 0; round < 2; round++) {
      const both = [outcome(send(request("a"))), outcome(send(request("b")))];
      await jest.advanceTimersByTimeAsync(5);
      expect(await Promise.all(both)).toEqual(['200 "alone"', '200 "alone"']);
    }
    expect(paths().filter((path) => path === "POST /beta/$batch")).toHaveLength(tried);
    expect(paths().filter((path) => path !== "POST /beta/$batch")).toHaveLength(4);
  },
);

test("a refusal of the whole that repeats a person's name tells nobody else of it", async () => {
  const { send } = over(() => ({ status: 403, body: "ann@example.com may not" }));
  const both = [
    outcome(send(request("a", { identityValues: ["ann@example.com"] }))),
    outcome(send(request("b", { identityValues: ["bob@example.com"] }))),
  ];
  await jest.advanceTimersByTimeAsync(5);
  expect(await Promise.all(both)).toEqual(["403 [withheld] may not", "403 [withheld] may not"]);
});
