import { gzipSync } from "node:zlib";
import { startEmulator } from "intune-emulator";
import type { Emulator } from "intune-emulator";
import {
  at,
  createPolicy,
  DOCUMENTED_REQUEST,
  GraphClient,
  NEW_POLICY,
  POLICIES,
} from "../unit/emulator/support/graphClient";
import type { Json } from "../unit/emulator/support/graphClient";

let emulator: Emulator;
let client: GraphClient;
let statuses: string;

beforeAll(async () => {
  emulator = await startEmulator();
  client = await GraphClient.of(emulator);
  statuses = `${POLICIES}/${await createPolicy(client)}/deviceStatuses`;
});
afterAll(async () => {
  await client.close();
  await emulator.close();
});

/** The text within Intune's JSON document, before its support ids. */
function intuneText(body: Json): string {
  const inner = JSON.parse(at(body, "error", "message") as string) as { Message: string };
  return inner.Message.split(" - Operation ID (for customer support): ")[0] ?? "";
}

test("400: the error has Graph's envelope around Intune's JSON document", async () => {
  const { headers, body } = await client.call("POST", statuses, { status: "fine" }, { "client-request-id": "c-1" });
  expect(body).toEqual({
    error: {
      code: "BadRequest",
      message: expect.any(String) as string,
      innerError: {
        date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/) as string,
        "request-id": headers["request-id"],
        "client-request-id": "c-1",
      },
    },
  });
  const message = at(body, "error", "message") as string;
  expect(message).toContain('{\r\n  "_version": 3,\r\n  "Message": "');
  expect(JSON.parse(message)).toMatchObject({
    _version: 3,
    Message: expect.stringMatching(
      /- Operation ID \(for customer support\): 00000000-0000-0000-0000-000000000000 - Activity ID: c-1 - Url: https:\/\/fef\.emulator\.local\/.*\/deviceManagement\/deviceCompliancePolicies/,
    ) as string,
    CustomApiErrorPhrase: "",
    RetryAfter: null,
    ErrorSourceService: "",
    HttpHeaders: "{}",
  });
});

const JSON_TYPE = "application/json";
test.each<[string, string | Buffer, string, string]>([
  ["no JSON", "{", JSON_TYPE, "The request body is not valid JSON."],
  [
    "bytes that are no UTF-8",
    Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]),
    JSON_TYPE,
    "The request body is not valid JSON.",
  ],
  ["an array", "[]", JSON_TYPE, "The request body must be a JSON object."],
  ["null", "null", JSON_TYPE, "The request body must be a JSON object."],
  ["an empty body", "", JSON_TYPE, "The request body is not valid JSON."],
  ["text/plain", "{}", "text/plain", "The Content-Type must be application/json, got 'text/plain'."],
  ["JSON of another name", "{}", "application/json-patch+json", "The Content-Type must be application/json"],
])("400: %s", async (_, body, contentType, text) => {
  const before = emulator.store.policies().length;
  for (const path of [statuses, POLICIES]) {
    const response = await client.call("POST", path, body, { "content-type": contentType });
    expect(response.status).toBe(400);
    expect(intuneText(response.body)).toContain(text);
  }
  expect(emulator.store.policies()).toHaveLength(before);
});

test("content type parameters and case are of no concern", async () => {
  const { status } = await client.call("POST", statuses, DOCUMENTED_REQUEST, {
    "content-type": "Application/JSON; charset=UTF-8",
  });
  expect(status).toBe(201);
});

test("400: a compliance policy needs one block action, in the service's words", async () => {
  const { status, body } = await client.call("POST", POLICIES, { ...NEW_POLICY, scheduledActionsForRule: [] });
  expect(status).toBe(400);
  expect(intuneText(body)).toBe("Compliance policy must have one and only one block scheduled action");
});

test("404: an unknown route is named, and its code is not that of a missing entity", async () => {
  const { status, body } = await client.call("GET", "/beta/deviceManagement/managedDevices?$top=1");
  expect([status, at(body, "error", "code")]).toEqual([404, "UnknownRoute"]);
  expect(at(body, "error", "message")).toBe("The emulator serves no route GET /beta/deviceManagement/managedDevices.");
  const versionless = await client.call("GET", "/deviceManagement/deviceCompliancePolicies");
  expect([versionless.status, at(versionless.body, "error", "message")]).toEqual([
    404,
    "Invalid version: deviceManagement",
  ]);
});

test("404: a missing entity is Intune's ResourceNotFound", async () => {
  const { status, body } = await client.call("GET", `${statuses}/none`);
  expect([status, at(body, "error", "code"), intuneText(body)]).toEqual([
    404,
    "ResourceNotFound",
    "There is no deviceStatuses('none') in this collection.",
  ]);
});

test.each([
  ["PUT", "", "GET, POST"],
  ["DELETE", "", "GET, POST"],
  ["POST", "/x", "GET, PATCH, DELETE"],
] as const)("405: %s on a known path names what is served", async (method, tail, allowed) => {
  const { status, headers, body } = await client.call(
    method,
    `${statuses}${tail}`,
    method === "DELETE" ? undefined : {},
  );
  expect([status, headers["allow"], at(body, "error", "code")]).toEqual([405, allowed, "MethodNotAllowed"]);
  expect(at(body, "error", "message")).toContain(`${method} ${statuses}${tail}`);
});

test("415: a compressed body, which Kiota's clients then send again as it is, and which did nothing", async () => {
  const before = await client.call("GET", statuses);
  const compressed = gzipSync(JSON.stringify(DOCUMENTED_REQUEST));
  const { status, body } = await client.call("POST", statuses, compressed, { "content-encoding": "gzip" });
  expect([status, at(body, "error", "code")]).toEqual([415, "UnsupportedMediaType"]);
  expect(at(body, "error", "message")).toBe("Content-Encoding 'gzip' is not served: send it plain.");
  expect((await client.call("GET", statuses)).body).toEqual(before.body);
});

test("413: a body over 4 MiB is refused, one just under it is read; the connection serves on", async () => {
  const limit = 4 * 1024 * 1024;
  const over = await client.call("POST", statuses, `{"deviceModel":"${"x".repeat(limit)}"}`);
  expect([over.status, at(over.body, "error", "message")]).toEqual([
    413,
    `The request body is larger than ${limit} bytes.`,
  ]);
  const body = JSON.stringify({ ...DOCUMENTED_REQUEST, deviceModel: "" });
  const under = await client.call(
    "POST",
    statuses,
    body.replace('"deviceModel":""', `"deviceModel":"${"x".repeat(limit - body.length)}"`),
  );
  expect(under.status).toBe(201);
});
