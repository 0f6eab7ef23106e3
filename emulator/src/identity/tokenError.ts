import { randomUUID } from "node:crypto";
import { jsonAnswer } from "../http/exchange";
import type { Answer } from "../http/exchange";
import type { Clock } from "../world/clock";

export const NOT_STORED = { "Cache-Control": "no-store" };

/** Why the token endpoint refuses. Codes and texts: page "reference-error-codes", and where a check names another. */
export interface TokenError {
  readonly status: 400 | 401;
  /** RFC 6749 section 5.2. */
  readonly error: string;
  /** The number after `AADSTS`. */
  readonly code: number;
  readonly text: string;
}

/** An application that is not who it says it is. */
export function invalidClient(code: number, text: string): TokenError {
  return { status: 401, error: "invalid_client", code, text };
}

/** In Entra ID's shape: `{error, error_description, error_codes, timestamp, trace_id, correlation_id, error_uri}`. */
export function answerTokenError({ status, error, code, text }: TokenError, clock: Clock): Answer {
  const [traceId, correlationId] = [randomUUID(), randomUUID()];
  const timestamp = clock
    .nowDateTime()
    .replace("T", " ")
    .replace(/\.\d+Z$/, "Z");
  const description = `AADSTS${code}: ${text} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`;
  const body = {
    error,
    error_description: description,
    error_codes: [code],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
    error_uri: `https://login.microsoftonline.com/error?code=${code}`,
  };
  return jsonAnswer(status, body, NOT_STORED);
}
