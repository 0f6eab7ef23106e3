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
export function errorBody(error: Pick<GraphError, "code" | "message" | "from">, ids: RequestIds): unknown {
  return {
    error: {
      code: error.code,
      message: error.from === "intune" ? intuneMessage(error.message, ids) : error.message,
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
function intuneMessage(text: string, ids: RequestIds): string {
  const operationId = "00000000-0000-0000-0000-000000000000";
  const fields = {
    _version: 3,
    Message:
      `${text} - Operation ID (for customer support): ${operationId} - Activity ID: ${ids.clientRequestId}` +
      ` - Url: ${INTUNE_ADDRESS}/${ids.path}?api-version=5026-01-01`,
    CustomApiErrorPhrase: "",
    RetryAfter: null,
    ErrorSourceService: "",
    HttpHeaders: "{}",
  };
  return JSON.stringify(fields, null, 2).replaceAll("\n", "\r\n");
}
