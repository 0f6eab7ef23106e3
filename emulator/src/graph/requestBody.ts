import type { EmulatorRequest } from "../http/exchange";
import { MAX_REQUEST_BODY_BYTES } from "../limits";
import { isJsonObject } from "../model/json";
import type { JsonObject } from "../model/json";
import { parseJson } from "../model/jsonText";
import { badRequest, GraphError } from "./graphError";

/** The JSON object a write must carry. */
export function readJsonObject(request: EmulatorRequest): JsonObject {
  const { body, headers } = request;
  // Assumption: code and text; only the status is HTTP's own (RFC 9110 section 15.5.14).
  if (body === undefined) {
    throw new GraphError(
      413,
      "RequestEntityTooLarge",
      `The request body is larger than ${MAX_REQUEST_BODY_BYTES} bytes.`,
      "graph",
    );
  }
  const [mediaType = ""] = (headers["content-type"] ?? "").split(";");
  if (mediaType.trim().toLowerCase() !== "application/json") {
    throw badRequest(`The Content-Type must be application/json, got '${headers["content-type"] ?? ""}'.`);
  }
  const coding = headers["content-encoding"] ?? "identity";
  // Kiota compresses bodies until it is told 415, and gives up after a 400 with words of another (microsoftgraph/msgraph-sdk-design,
  // middleware "Compression Handler"; microsoft/kiota-http-go compression_handler.go). Assumption: code and text.
  if (coding !== "identity") {
    throw new GraphError(
      415,
      "UnsupportedMediaType",
      `Content-Encoding '${coding}' is not served: send it plain.`,
      "graph",
    );
  }
  const value = parseJson(body);
  if (value === undefined) throw badRequest("The request body is not valid JSON.");
  if (!isJsonObject(value)) throw badRequest("The request body must be a JSON object.");
  return value;
}
