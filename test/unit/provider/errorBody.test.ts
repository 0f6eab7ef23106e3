import { parseErrorBody } from "../../../provider/src/graph/errorBody";

const graph = (code: string, message: string): string =>
  JSON.stringify({ error: { code, message, innerError: { "request-id": "r" } } });
const intune = (text: string, more: object = {}): string =>
  JSON.stringify({
    _version: 3,
    Message: `${text} - Operation ID (for customer support): 0 - Activity ID: 1 - Url: https://x`,
    ...more,
  });

test.each<[string, string, { code: string; message: string; retryAfter: string | undefined }]>([
  ["a plain envelope", graph("Forbidden", "No."), { code: "Forbidden", message: "No.", retryAfter: undefined }],
  [
    "Intune's JSON in message",
    graph("Forbidden", intune("Not authorized")),
    { code: "Forbidden", message: "Not authorized", retryAfter: undefined },
  ],
  [
    "JSON in message, twice",
    graph("UnknownError", JSON.stringify({ ErrorCode: "Forbidden", Message: intune("An error has occurred") })),
    { code: "UnknownError", message: "An error has occurred", retryAfter: undefined },
  ],
  [
    "RetryAfter in the message",
    graph("TooManyRequests", intune("Slow down", { RetryAfter: 12 })),
    { code: "TooManyRequests", message: "Slow down", retryAfter: "12" },
  ],
  [
    "Retry-After in HttpHeaders",
    graph("TooManyRequests", intune("Slow down", { RetryAfter: null, HttpHeaders: '{"Retry-After":["0.5"]}' })),
    { code: "TooManyRequests", message: "Slow down", retryAfter: "0.5" },
  ],
  ["no code", graph("", "x"), { code: "", message: "x", retryAfter: undefined }],
  [
    "a page of a proxy",
    "<html><body><h1>502 Bad\nGateway</h1></body></html>",
    { code: "", message: "502 Bad Gateway", retryAfter: undefined },
  ],
  ["nothing", "", { code: "", message: "no message", retryAfter: undefined }],
  ["truncated JSON", '{"error":{"code"', { code: "", message: '{"error":{"code"', retryAfter: undefined }],
])("%s", (_name, body, expected) => {
  expect(parseErrorBody(body)).toEqual(expected);
});

test("a long message is cut", () => {
  expect(parseErrorBody(graph("x", "y".repeat(5000))).message).toHaveLength(301);
});
