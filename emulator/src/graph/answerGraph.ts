import type { Emulation } from "../emulation";
import type { Answer, Dispatch, EmulatorRequest } from "../http/exchange";
import { isPromise } from "../isPromise";
import { AGS_DIAGNOSTIC, ERROR_CONTENT_TYPE } from "../limits";
import { serveBatch } from "./batch";
import { authenticate } from "./bearer";
import { reasonOf } from "../thrown";
import type { Clock } from "../world/clock";
import { errorBody } from "./errorBody";
import { GraphError } from "./graphError";
import { serveGraph } from "./serveGraph";

const BATCH = /^\/(beta|v1\.0)\/(\$|%24)batch$/;

/** A Graph request alone or in a batch, whose requests go through `exchange`. */
export function answerGraph(
  request: EmulatorRequest,
  emulation: Emulation,
  exchange: Dispatch,
): Promise<Answer> | Answer {
  if (request.method !== "POST" || !BATCH.test(request.path))
    return answering(request, emulation, () => serveGraph(request, emulation));
  return answering(request, emulation, () => {
    authenticate(request, emulation);
    return serveBatch(request, emulation.profile, exchange);
  });
}

/** The one place where a throw becomes an answer; every Graph answer, good or bad, leaves with Graph's headers. */
function answering(
  request: EmulatorRequest,
  emulation: Emulation,
  serve: () => Promise<Answer> | Answer,
): Promise<Answer> | Answer {
  const onAnswer = (answer: Answer): Answer => withGraphHeaders(request, answer);
  const onError = (error: unknown): Answer =>
    answerError(request, error instanceof GraphError ? error : unexpected(error), emulation.clock);
  try {
    const served = serve();
    return isPromise(served) ? served.then(onAnswer).catch(onError) : onAnswer(served);
  } catch (error) {
    return onError(error);
  }
}

export function answerError(request: EmulatorRequest, error: GraphError, clock: Clock): Answer {
  const { requestId, clientRequestId } = request;
  const path = request.path.replace(/^\/(beta|v1\.0)\//, "");
  return withGraphHeaders(request, {
    status: error.status,
    headers: { "Content-Type": ERROR_CONTENT_TYPE, ...error.headers },
    body: errorBody(error, { requestId, clientRequestId, path, dateTime: clock.nowDateTime() }),
  });
}

/** Graph page "best-practices-concept" (request-id, client-request-id); OData-Version: sample of the page "json-batching". */
export function withGraphHeaders({ requestId, clientRequestId }: EmulatorRequest, answer: Answer): Answer {
  const own: Record<string, string> = {
    "request-id": requestId,
    "client-request-id": clientRequestId,
    "x-ms-ags-diagnostic": AGS_DIAGNOSTIC,
    "OData-Version": "4.0",
  };
  return { ...answer, headers: Object.assign(own, answer.headers) };
}

/** Code: microsoft-graph-docs #2064. A failed write to the data folder ends here. */
function unexpected(error: unknown): GraphError {
  return new GraphError(500, "InternalError", `The emulator failed: ${reasonOf(error)}`, "intune");
}
