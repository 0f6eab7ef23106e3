import { adviceFor, isNotServed } from "../advice";
import { parseErrorBody } from "../errorBody";
import { AnswerError, NoAnswerError, NotServedError, type RequestFacts } from "../errors";
import { type GraphRequest, type GraphResponse, type Middleware, pathOf, TransportFailure } from "../middleware";

/** Turn what went wrong for good into one error that says what to do. */
export function explain(): Middleware {
  return (next) => async (request) => {
    let response: GraphResponse;
    try {
      response = await next(request);
    } catch (error) {
      if (!(error instanceof TransportFailure)) throw error;
      throw new NoAnswerError(factsOf(request, error.attempts), error.reason, error.whatToDo, error.cause);
    }
    if (response.status < 400) return response;
    throw answerError(request, response);
  };
}

function answerError(request: GraphRequest, response: GraphResponse): AnswerError {
  const { code, message } = parseErrorBody(response.body);
  const { status, headers } = response;
  const reason = request.identityValues.reduce((text, value) => text.replaceAll(value, "[withheld]"), message);
  const Kind = isNotServed(status, code) ? NotServedError : AnswerError;
  const advice = adviceFor({
    status,
    code,
    method: request.method,
    permission: request.permission,
    tooLongWaitMs: response.tooLongWaitMs,
  });
  return new Kind(factsOf(request, response.attempts), status, code, reason, advice, {
    requestId: headers["request-id"],
    clientRequestId: headers["client-request-id"],
  });
}

const factsOf = (request: GraphRequest, attempts: number): RequestFacts => ({
  operation: request.operation,
  method: request.method,
  path: pathOf(request),
  attempts,
});
