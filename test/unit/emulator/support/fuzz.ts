import fc from "fast-check";
import { DEFAULT_APP } from "intune-emulator";
import { POLICIES } from "./graphClient";
import { nearlyRight } from "./nearlyRight";

/** A request as it goes out: HTTP is right about it, and what it says may be anything. */
export interface FuzzedRequest {
  method: string;
  target: string;
  headers: Record<string, string>;
  body: Buffer;
}

const TOKEN_PATH = `/${DEFAULT_APP.tenantId}/oauth2/v2.0/token`;
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "PROPFIND"];
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
const changedDocument = nearlyRight.map(({ text }) => text);

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
  const anything = fc
    .tuple(fc.constantFrom(...METHODS), path, query, headers(token), body)
    .map(([method, target, options, given, bytes]) => ({
      method,
      target: options === "" ? target : `${target}?${options}`,
      headers: given,
      body: method === "GET" || method === "HEAD" ? Buffer.alloc(0) : bytes,
    }));
  const right = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const aimed = nearlyRight.map(({ method, target, text }) => ({
    method,
    target,
    headers: right,
    body: Buffer.from(text),
  }));
  const one = fc.oneof({ weight: 3, arbitrary: anything }, { weight: 2, arbitrary: aimed });
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
