import { subscribe } from "node:diagnostics_channel";
import { REQUEST_CHANNEL, type RequestEvent, WAIT_CHANNEL, type WaitEvent } from "../graph/telemetry";

/**
 * Print what the client does, one line each, for `PULUMI_INTUNE_LOG=debug` (requests and waits) or `trace` (with the names
 * of the properties sent and the client-request-ids). The engine shows the provider's stderr. Bodies, tokens and the
 * values of properties are in no event, so they cannot be printed.
 */
export function startLog(level: string | undefined, write: (line: string) => void): void {
  if (level !== "debug" && level !== "trace") return;
  subscribe(REQUEST_CHANNEL, (message) => {
    write(requestLine(message as RequestEvent, level));
  });
  subscribe(WAIT_CHANNEL, (message) => {
    const { operation, waitMs, attempt } = message as WaitEvent;
    write(`pulumi-intune: ${operation}: waits ${String(waitMs)} ms after attempt ${String(attempt)}`);
  });
}

function requestLine(event: RequestEvent, level: "debug" | "trace"): string {
  const { operation, method, path, status, failure, durationMs, requestId, clientRequestId, properties } = event;
  const outcome = status === undefined ? `no answer (${failure ?? "unknown"})` : String(status);
  const line = `pulumi-intune: ${operation}: ${method} ${path} → ${outcome} in ${String(durationMs)} ms, request-id ${requestId ?? "none"}`;
  if (level === "debug") return line;
  return `${line}, client-request-id ${clientRequestId ?? "none"}, sent ${properties.length === 0 ? "no property" : properties.join(", ")}`;
}
