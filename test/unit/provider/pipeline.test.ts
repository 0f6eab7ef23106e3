import {
  AnswerError,
  NoAnswerError,
  NotAuthorizedError,
  NotServedError,
  StoppedError,
  ThrottledError,
} from "../../../provider/src/graph/errors";
import { type GraphRequest, type GraphResponse, TransportFailure } from "../../../provider/src/graph/middleware";
import { failure, request, scripted } from "./scriptedPipeline";

const lost = () => new TransportFailure("other side closed", true, "see whether it is alive", undefined);
const found: GraphResponse = { status: 200, headers: {}, body: "found", attempts: 1 };

test("each attempt has its own client-request-id, and all headers", async () => {
  const { send, sent, waits } = scripted([{ status: 429, headers: { "retry-after": "0.5" } }, { status: 200 }]);
  await send(request({ method: "POST", body: "{}" }));
  expect(sent.map(({ headers }) => headers["client-request-id"])).toEqual(["id-1", "id-2"]);
  expect(sent[0]?.headers).toEqual({
    accept: "application/json",
    authorization: "Bearer token",
    "client-request-id": "id-1",
    "content-type": "application/json",
    "user-agent": "agent/1",
  });
  expect(waits).toEqual([500]);
});

test("the wait may stand in the message of Intune's answer", async () => {
  const message = JSON.stringify({ Message: "Slow", RetryAfter: "2" });
  const { send, waits } = scripted([
    { status: 429, body: JSON.stringify({ error: { code: "TooManyRequests", message } }) },
    { status: 200 },
  ]);
  await send(request());
  expect(waits).toEqual([2000]);
});

test("a POST whose answer was lost is looked for, and not sent again when found", async () => {
  const { send, sent } = scripted([lost()]);
  const response = await send(request({ method: "POST", findLost: () => Promise.resolve(found) }));
  expect([response.body, response.attempts, sent.length]).toEqual(["found", 1, 1]);
});

test("a POST whose answer was lost is sent again when it certainly made nothing", async () => {
  const { send, sent } = scripted([lost(), { status: 201, body: '"made"' }]);
  const response = await send(request({ method: "POST", findLost: () => Promise.resolve(undefined) }));
  expect([response.body, response.attempts, sent.length]).toEqual(['"made"', 2, 2]);
});

test("a POST whose answer was lost is never sent again blind", async () => {
  const { send, sent } = scripted([lost()]);
  expect(await failure(send(request({ method: "POST" })))).toBeInstanceOf(NoAnswerError);
  expect(sent).toHaveLength(1);
});

test("the last failed POST is looked for before it is given up", async () => {
  const { send, sent } = scripted([lost(), lost(), lost(), lost()]);
  let looks = 0;
  const findLost = () => Promise.resolve(++looks === 4 ? found : undefined);
  expect((await send(request({ method: "POST", findLost }))).body).toBe("found");
  expect(sent).toHaveLength(4);
});

test("a refusal is one line with status, code, ids, attempts and what to do", async () => {
  const body = JSON.stringify({ error: { code: "Forbidden", message: "Application is not\nauthorized." } });
  const { send } = scripted([{ status: 403, body, headers: { "request-id": "r", "client-request-id": "c" } }]);
  const error = await failure(send(request({ method: "POST", operation: "create X", permission: "P.Write" })));
  expect(error).toBeInstanceOf(NotAuthorizedError);
  expect(error.message).toBe(
    "create X: Graph answered 403 Forbidden: Application is not authorized. Grant the application (or the signed-in user) P.Write on Microsoft Graph, " +
      "with admin consent; an active Intune licence is needed too. [POST /beta/deviceManagement/deviceCompliancePolicies/p/deviceStatuses/s; request-id r; client-request-id c]",
  );
});

test.each([
  [400, "BadRequest", /correct the property its message names/],
  [401, "InvalidAuthenticationToken", /token is not accepted.*tenantId.*sign in again/],
  [404, "ResourceNotFound", /policy exists behind this endpoint.*pulumi refresh/],
  [418, "Teapot", /error reference/],
])("%d %s says what to do", async (status, code, advice) => {
  const { send } = scripted([{ status, body: JSON.stringify({ error: { code, message: "m" } }) }]);
  expect((await failure(send(request()))).message).toMatch(advice);
});

test("a route the service does not serve has its own error, and no retry", async () => {
  const body = JSON.stringify({ error: { code: "No method match route template", message: "No OData route exists" } });
  const { send, sent } = scripted([{ status: 400, body }]);
  const error = await failure(send(request({ method: "POST" })));
  expect(error).toBeInstanceOf(NotServedError);
  expect(error.message).toMatch(
    /documents POST here, but the Intune service does not serve it.*issues\/19210.*use the emulator/,
  );
  expect(sent).toHaveLength(1);
});

test("a wait beyond the operation's time ends it with the wait named", async () => {
  const { send, waits } = scripted([{ status: 429, headers: { "retry-after": "315" } }]);
  const error = await failure(send(request()));
  expect(error).toBeInstanceOf(ThrottledError);
  expect(error.message).toMatch(
    /asks to come again in 315\.0 s, longer than the operation may take: raise intune:operationTimeoutSeconds/,
  );
  expect(waits).toEqual([]);
});

test("identity values that Graph repeats are withheld", async () => {
  const body = JSON.stringify({ error: { code: "BadRequest", message: "ann@example.com is no user" } });
  const { send } = scripted([{ status: 400, body }]);
  const error = await failure(send(request({ identityValues: ["ann@example.com"] })));
  expect(error.message).toContain("[withheld] is no user");
});

test("no answer at all names attempts and what to check", async () => {
  const refused = () =>
    new TransportFailure(
      "nothing listens at http://127.0.0.1:1 (ECONNREFUSED)",
      false,
      "check intune:graphEndpoint",
      undefined,
    );
  const { send } = scripted([refused(), refused(), refused(), refused()]);
  const error = await failure(send(request()));
  expect(error).toBeInstanceOf(NoAnswerError);
  expect(error.message).toMatch(
    /^read DeviceComplianceDeviceStatus: no answer from Graph: nothing listens at .*; check intune:graphEndpoint \[GET .*; 4 attempts in 1\.8 s\]$/,
  );
});

test("a stopping client lets nothing more out, not even a second attempt, and waits for what is out", async () => {
  let stopped: Promise<void> | undefined;
  const { send, sent, drain } = scripted([{ status: 429, headers: { "retry-after": "1" } }], () => {
    stopped = drain.stop();
  });
  const first = failure(send(request()));
  expect((await first).message).toBe(
    "read DeviceComplianceDeviceStatus: not sent, for the provider is stopping; run pulumi up again",
  );
  await stopped;
  expect(stopped).toBeDefined();
  expect(await failure(send(request()))).toBeInstanceOf(StoppedError);
  expect(sent).toHaveLength(1);
});

test("an error is data too", async () => {
  const refusal = { status: 429, headers: { "request-id": "r", "client-request-id": "c", "retry-after": "2" } };
  const last = { status: 404, body: '{"error":{"code":"ResourceNotFound","message":"m"}}', headers: refusal.headers };
  const { send } = scripted([refusal, last]);
  const error = await failure(send(request({ startedMs: -500 })));
  expect(error).toBeInstanceOf(AnswerError);
  expect(error).toMatchObject({
    name: "AnswerError",
    status: 404,
    code: "ResourceNotFound",
    ids: { requestId: "r", clientRequestId: "c" },
    request: {
      operation: "read DeviceComplianceDeviceStatus",
      resource: "DeviceComplianceDeviceStatus",
      method: "GET",
      path: "/beta/deviceManagement/deviceCompliancePolicies/p/deviceStatuses/s",
      attempts: 2,
      elapsedMs: 2500,
    },
  });
});

const bearers = (sent: readonly GraphRequest[]) => sent.map(({ headers }) => headers["authorization"]);

test("a token that is refused is renewed and the request sent once more, a POST too", async () => {
  const demands: unknown[] = [];
  const { send, sent, waits } = scripted([{ status: 401 }, { status: 201 }], undefined, (demand) => {
    demands.push(demand);
    return Promise.resolve(demand.refused === undefined ? "old" : "new");
  });
  expect((await send(request({ method: "POST", body: "{}" }))).status).toBe(201);
  expect(bearers(sent)).toEqual(["Bearer old", "Bearer new"]);
  expect(demands).toEqual([{ deadlineMs: 60_000 }, { deadlineMs: 60_000, refused: "old" }]);
  expect(waits).toEqual([]);
});

test("a second 401 stands, and so does the first where no other token can be had", async () => {
  const twice = scripted([{ status: 401 }, { status: 401 }], undefined, ({ refused }) =>
    Promise.resolve(refused === undefined ? "old" : "new"),
  );
  await expect(twice.send(request())).rejects.toThrow("Graph answered 401");
  expect(bearers(twice.sent)).toEqual(["Bearer old", "Bearer new"]);
  const same = scripted([{ status: 401 }]);
  await expect(same.send(request())).rejects.toThrow("Graph answered 401");
  expect(same.sent).toHaveLength(1);
});
