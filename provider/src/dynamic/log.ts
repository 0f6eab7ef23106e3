import { subscribe } from "node:diagnostics_channel";
import {
  BATCH_CHANNEL,
  type BatchEvent,
  type QuotaWait,
  REQUEST_CHANNEL,
  type RequestEvent,
  WAIT_CHANNEL,
  type WaitEvent,
} from "../graph/telemetry";

/**
 * Print what the client does, one line each: that it waits for the quota always, since a run that stands still without a
 * word looks broken; for `PULUMI_INTUNE_LOG=debug` also requests, batches and waits, for `trace` with the names of the
 * properties sent and the client-request-ids. The engine shows the provider's stderr. Bodies, tokens and the values of
 * properties are in no event, so they cannot be printed.
 */
export function startLog(level: string | undefined, write: (line: string) => void): void {
  const isDetailed = level === "debug" || level === "trace";
  subscribe(WAIT_CHANNEL, (message) => {
    const event = message as WaitEvent;
    if (event.reason === "quota") write(quotaLine(event));
    else if (isDetailed)
      write(
        `pulumi-intune: ${event.operation}: waits ${String(event.waitMs)} ms after attempt ${String(event.attempt)}`,
      );
  });
  if (!isDetailed) return;
  subscribe(REQUEST_CHANNEL, (message) => {
    write(requestLine(message as RequestEvent, level));
  });
  subscribe(BATCH_CHANNEL, (message) => {
    write(batchLine(message as BatchEvent, level));
  });
}

function quotaLine({ waiting, waitMs, allowance }: QuotaWait): string {
  const who = waiting === 1 ? "1 request waits" : `${String(waiting)} requests wait`;
  return `pulumi-intune: ${who} ${(waitMs / 1000).toFixed(1)} s for the quota of ${allowance} (intune:quota)`;
}

function batchLine(event: BatchEvent, level: "debug" | "trace"): string {
  const { items, durationMs, status, failure, requestId, clientRequestId } = event;
  const outcome = status === undefined ? `no answer (${failure ?? "unknown"})` : String(status);
  const line = `pulumi-intune: $batch of ${String(items)} requests → ${outcome} in ${String(durationMs)} ms, request-id ${requestId ?? "none"}`;
  return level === "debug" ? line : `${line}, client-request-id ${clientRequestId ?? "none"}`;
}

function requestLine(event: RequestEvent, level: "debug" | "trace"): string {
  const { operation, method, path, status, failure, durationMs, requestId, clientRequestId, properties } = event;
  const outcome = status === undefined ? `no answer (${failure ?? "unknown"})` : String(status);
  const line = `pulumi-intune: ${operation}: ${method} ${path} → ${outcome} in ${String(durationMs)} ms, request-id ${requestId ?? "none"}`;
  if (level === "debug") return line;
  return `${line}, client-request-id ${clientRequestId ?? "none"}, sent ${properties.length === 0 ? "no property" : properties.join(", ")}`;
}
