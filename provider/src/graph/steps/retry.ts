import { StoppedError } from "../errors";
import { type GraphResponse, type Middleware, TransportFailure } from "../middleware";
import { parseJson } from "../operationRequest";
import { retryAfterOf } from "../retryAfter";
import { decide, type Outcome } from "../retryDecision";
import { publishWait } from "../telemetry";

/** Time and chance, given from outside so that tests own them. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Rejects when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<unknown>;
  /** From 0 to below 1. */
  random(): number;
}

type Result = { readonly response: GraphResponse } | { readonly failure: TransportFailure };

/** The loop around the pure decision: wait, look for a lost write, send again, or let the outcome stand. */
export function retry(clock: Clock, stopping: AbortSignal): Middleware {
  return (next) => async (request) => {
    for (let attempt = 1; ; attempt++) {
      const result = await settle(next(request));
      const decision = decide({
        method: request.method,
        attempt,
        outcome: outcomeOf(result, clock.now()),
        remainingMs: request.deadlineMs - clock.now(),
        random: clock.random(),
      });
      if (decision.kind === "resend") {
        publishWait({ reason: "retry", operation: request.operation, waitMs: decision.waitMs, attempt });
        await clock.sleep(decision.waitMs, stopping).catch((error: unknown) => {
          throw stopping.aborted ? new StoppedError(request.operation) : error;
        });
      }
      const found = decision.verify ? await request.findLost?.() : undefined;
      if (found !== undefined) return { ...found, attempts: attempt };
      if (decision.kind === "final") return conclude(result, attempt, decision.tooLongWaitMs);
      // Without a way to look, a write that may have taken place is not sent again.
      if (decision.verify && request.findLost === undefined) return conclude(result, attempt);
    }
  };
}

async function settle(response: Promise<GraphResponse>): Promise<Result> {
  try {
    return { response: await response };
  } catch (error) {
    if (error instanceof TransportFailure) return { failure: error };
    throw error;
  }
}

function outcomeOf(result: Result, nowMs: number): Outcome {
  if ("failure" in result) return { kind: "noAnswer", mayHaveArrived: result.failure.mayHaveArrived };
  const { status, body } = result.response;
  // A success that cannot be read (cut short, or some proxy's page) leaves as open what was done as no answer at all.
  if (status < 300 && body.trim() !== "" && parseJson(body) === undefined)
    return { kind: "noAnswer", mayHaveArrived: true };
  return { kind: "answer", status, retryAfterMs: retryAfterOf(result.response, nowMs) };
}

function conclude(result: Result, attempts: number, tooLongWaitMs?: number): GraphResponse {
  if ("failure" in result) {
    result.failure.attempts = attempts;
    throw result.failure;
  }
  return { ...result.response, attempts, ...(tooLongWaitMs === undefined ? {} : { tooLongWaitMs }) };
}
