import { INTUNE_ADDRESS } from "../limits";
import type { GraphError } from "./graphError";

export interface RequestIds {
  readonly requestId: string;
  readonly clientRequestId: string;
  /** Path within the version root, for the address Intune puts in its texts. */
  readonly path: string;
  /** The emulator's own time, ISO 8601. */
  readonly dateTime: string;
}

/** `{error:{code,message,innerError}}`, Graph page "errors"; `date` without zone as in every capture. */
export function errorBody(
  error: Pick<GraphError, "code" | "message" | "from" | "retryAfterSeconds">,
  ids: RequestIds,
): unknown {
  return {
    error: {
      code: error.code,
      message: error.from === "intune" ? intuneMessage(error, ids) : error.message,
      innerError: {
        date: ids.dateTime.slice(0, 19),
        "request-id": ids.requestId,
        "client-request-id": ids.clientRequestId,
      },
    },
  };
}

/**
 * Intune's JSON document inside `message`, CRLF line ends included:
 * powershell-intune-samples #89, microsoft-graph-docs-contrib #4603, srozemuller/IntuneAssistant #6, almenscorner/IntuneCD #217.
 */
function intuneMessage(
  { message, retryAfterSeconds }: Pick<GraphError, "message" | "retryAfterSeconds">,
  ids: RequestIds,
): string {
  const operationId = "00000000-0000-0000-0000-000000000000";
  const fields = {
    _version: 3,
    Message:
      `${message} - Operation ID (for customer support): ${operationId} - Activity ID: ${ids.clientRequestId}` +
      ` - Url: ${INTUNE_ADDRESS}/${ids.path}?api-version=5026-01-01`,
    CustomApiErrorPhrase: "",
    RetryAfter: retryAfterSeconds,
    ErrorSourceService: "",
    HttpHeaders: "{}",
  };
  return JSON.stringify(fields, null, 2).replaceAll("\n", "\r\n");
}
