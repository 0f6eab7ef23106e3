import fc from "fast-check";
import { DEFAULT_APP } from "intune-emulator";
import { DOCUMENTED_REQUEST, NEW_POLICY, POLICIES } from "./graphClient";

/** A request as it goes out: HTTP is right about it, and what it says may be anything. */
export interface FuzzedRequest {
  method: string;
  target: string;
  headers: Record<string, string>;
  body: Buffer;
}

const TOKEN_PATH = `/${DEFAULT_APP.tenantId}/oauth2/v2.0/token`;
const CONTROL_PATHS = [
  "requests",
  "requests.har",
  "requests/assert",
  "faults",
  "clock",
  "snapshot",
  "seed",
  "profile",
  "",
];

const nested = (depth: number): string => `${"[".repeat(depth)}${"]".repeat(depth)}`;
const special = fc.constantFrom<unknown>(
  ...[
    null,
    "",
    -1,
    0,
    2 ** 53,
    1e308,
    true,
    [],
    {},
    "\u0000",
    "\ud800",
    "ö".repeat(2_000),
    "constructor",
    "a/b",
    "..",
    "*".repeat(900),
  ],
);
const value = fc.oneof(special, fc.jsonValue(), fc.string(), fc.double().map(String));

/** Every place in a document. */
function places(document: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof document !== "object" || document === null) return [path];
  return [path, ...Object.entries(document).flatMap(([name, inner]) => places(inner, [...path, name]))];
}

function replaced(document: unknown, [name, ...rest]: readonly string[], by: unknown): unknown {
  if (name === undefined) return by;
  const inner = (document as Record<string, unknown>)[name];
  return Array.isArray(document)
    ? document.map((one: unknown, index) => (String(index) === name ? replaced(one, rest, by) : one))
    : { ...(document as object), [name]: replaced(inner, rest, by) };
}

/** Documents the emulator takes, each with one place changed. Rules and times are such that the run goes on undisturbed. */
const DOCUMENTS: readonly unknown[] = [
  NEW_POLICY,
  DOCUMENTED_REQUEST,
  {
    match: { method: "GET", path: "/beta/never" },
    skip: 1,
    times: 1,
    probability: 0.5,
    fault: { throttle: { form: "integer" } },
  },
  { match: { path: "/beta/never" }, fault: { outOfBand: { set: { status: "error" } } } },
  { match: { path: "/beta/never" }, fault: { status: 503, headers: { a: "b" }, body: {} } },
  { match: { method: "GET", path: "/beta/**", body: { a: 1 } }, times: { min: 0, max: 5 } },
  { advance: "PT0S" },
  { dateTime: "2026-01-02T03:04:05Z" },
  { profile: "documented" },
  {
    deviceCompliancePolicies: [{ id: "p", displayName: "P" }],
    deviceStatuses: [{ policyDisplayName: "P", status: "error" }],
  },
  { formatVersion: 1, tenantId: "t", collections: { a: [{ id: "1" }], "a/1/b": [{ id: "2" }] } },
  { requests: [{ id: "1", method: "GET", url: "/deviceManagement/deviceCompliancePolicies", dependsOn: [] }] },
  { requests: [{ id: "1", method: "POST", url: "/x", headers: { "content-type": "application/json" }, body: {} }] },
];

const changedDocument = fc.tuple(fc.constantFrom(...DOCUMENTS), fc.nat(), value).map(([document, place, by]) => {
  const all = places(document);
  return JSON.stringify(replaced(document, all[place % all.length] ?? [], by));
});

const body = fc.oneof(
  { weight: 6, arbitrary: changedDocument.map((text) => Buffer.from(text)) },
  { weight: 2, arbitrary: fc.json().map((text) => Buffer.from(text)) },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(changedDocument, fc.nat())
      .map(([text, cut]) => Buffer.from(text).subarray(0, cut % (text.length + 1))),
  },
  { weight: 1, arbitrary: fc.constantFrom(90, 101, 5_000, 200_000).map((depth) => Buffer.from(nested(depth))) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom("status,userName\n1", '"', "policyDisplayName\n\u0000\n", ",,,\n")
      .map((text) => Buffer.from(text)),
  },
);

const segment = fc.oneof(
  fc.constantFrom(
    "deviceCompliancePolicies",
    "deviceStatuses",
    "deviceConfigurations",
    "$count",
    "$batch",
    "('x')",
    "('",
    "x')",
    "..",
    "%2e%2e",
    "%",
    "%ff",
    "%00",
    "%2F",
    "__proto__",
  ),
  fc.string().map(encodeURIComponentSafely),
  fc.webPath(),
);
const option = fc.tuple(
  fc.constantFrom(
    "$top",
    "$skip",
    "$skiptoken",
    "$filter",
    "$orderby",
    "$select",
    "$expand",
    "$count",
    "$search",
    "$apply",
    "after",
    "limit",
    "tenantId",
    "%24top",
    "x",
  ),
  fc.oneof(
    fc.constantFrom(
      "-1",
      "0",
      "1e9",
      "99999999999999999999",
      "true",
      "id eq 'x'",
      "status eq",
      "((((",
      "not not not id",
      "id,id",
      "'",
      "%",
      "%ff",
      "%00",
    ),
    fc.string(),
  ),
);
const query = fc
  .array(option, { maxLength: 4 })
  .map((options) => options.map(([name, text]) => `${name}=${encodeURIComponentSafely(text)}`).join("&"));

const path = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        fc.constantFrom("/beta/deviceManagement", "/v1.0/deviceManagement", POLICIES, "/beta", "/v2"),
        fc.array(segment, { maxLength: 4 }),
      )
      .map(([root, rest]) => [root, ...rest].join("/")),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      "/beta/$batch",
      "/v1.0/%24batch",
      TOKEN_PATH,
      "/x/oauth2/v2.0/token",
      "/msi/token",
      "/common/discovery/instance",
    ),
  },
  { weight: 4, arbitrary: fc.constantFrom(...CONTROL_PATHS).map((name) => `/_emulator/${name}`) },
  { weight: 1, arbitrary: fc.array(segment, { maxLength: 6 }).map((parts) => `/${parts.join("/")}`) },
);

const headers = (token: string) =>
  fc.record(
    {
      authorization: fc.oneof(
        { weight: 8, arbitrary: fc.constant(`Bearer ${token}`) },
        {
          weight: 1,
          arbitrary: fc.constantFrom(
            "Bearer",
            "Bearer x",
            "Bearer a.b.c",
            `Bearer ${token}x`,
            "Basic eA==",
            `Bearer ${"a".repeat(8_000)}`,
          ),
        },
      ),
      "content-type": fc.constantFrom(
        "application/json",
        "application/json; charset=utf-8",
        "text/csv",
        "application/x-www-form-urlencoded",
        "",
        "application/json;",
        "é",
      ),
      "client-request-id": fc.constantFrom("1", "ÿ", "a b", "x".repeat(2_000)),
      "content-encoding": fc.constantFrom("gzip", "identity", "br"),
      prefer: fc.constantFrom("odata.maxpagesize=0", "odata.maxpagesize=x"),
      metadata: fc.constantFrom("true", "false"),
    },
    { requiredKeys: ["authorization"] },
  );

/** So many requests, the same ones for the same seed. */
export function fuzzedRequests(seed: number, count: number, token: string): FuzzedRequest[] {
  const one = fc
    .tuple(
      fc.constantFrom("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "PROPFIND"),
      path,
      query,
      headers(token),
      body,
    )
    .map(([method, target, options, given, bytes]) => ({
      method,
      target: options === "" ? target : `${target}?${options}`,
      headers: given,
      body: method === "GET" || method === "HEAD" ? Buffer.alloc(0) : bytes,
    }));
  return fc.sample(one, { seed, numRuns: count });
}

/** As text for a socket, whole and with its length. */
export function toHttp({ method, target, headers: given, body: bytes }: FuzzedRequest): Buffer {
  const lines = Object.entries({ host: "127.0.0.1", ...given, "content-length": String(bytes.length) });
  const head = [`${method} ${target} HTTP/1.1`, ...lines.map(([name, text]) => `${name}: ${text}`)].join("\r\n");
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`, "latin1"), bytes]);
}

/** A lone surrogate has no encoding. */
function encodeURIComponentSafely(text: string): string {
  return encodeURIComponent(Buffer.from(text, "utf8").toString("utf8"));
}
