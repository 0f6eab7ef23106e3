import { randomUUID } from "node:crypto";
import { jsonAnswer } from "../http/exchange";
import type { Answer } from "../http/exchange";

export const NOT_STORED = { "Cache-Control": "no-store" };

/** An error of the token endpoint in Entra ID's shape. Codes and texts: page "reference-error-codes", and where a check names another. */
export function refuse(status: number, error: string, code: number, text: string): Answer {
  const [traceId, correlationId] = [randomUUID(), randomUUID()];
  const timestamp = new Date()
    .toISOString()
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
