import { adviceFor, isNotServed } from "../advice";
import { parseErrorBody } from "../errorBody";
import { AnswerError, NoAnswerError, NotAuthorizedError, NotServedError, ThrottledError } from "../errors";
import { type GraphRequest, type GraphResponse, type Middleware, TransportFailure } from "../middleware";
import { requestFacts } from "../operationRequest";

/** Turn what went wrong for good into one error that says what to do. */
export function explain(now: () => number): Middleware {
  return (next) => async (request) => {
    let response: GraphResponse;
    try {
      response = await next(request);
    } catch (error) {
      if (!(error instanceof TransportFailure)) throw error;
      const facts = requestFacts(request, error.attempts, now());
      throw new NoAnswerError(facts, error.reason, error.whatToDo, error.cause);
    }
    if (response.status < 300) return response;
    throw answerError(request, response, now());
  };
}

function answerError(request: GraphRequest, response: GraphResponse, nowMs: number): AnswerError {
  const { status, headers, tooLongWaitMs } = response;
  const { code, message } = status < 400 ? redirectAsError(response) : parseErrorBody(response.body);
  const reason = request.identityValues.reduce((text, value) => text.replaceAll(value, "[withheld]"), message);
  const { method, permission } = request;
  const advice = adviceFor({ status, code, method, permission, tooLongWaitMs });
  const facts = requestFacts(request, response.attempts, nowMs);
  const ids = { requestId: headers["request-id"], clientRequestId: headers["client-request-id"] };
  return new (kindOf(response, code))(facts, status, code, reason, advice, ids);
}

function kindOf({ status, tooLongWaitMs }: GraphResponse, code: string): typeof AnswerError {
  if (isNotServed(status, code)) return NotServedError;
  if (status === 401 || status === 403) return NotAuthorizedError;
  if (tooLongWaitMs !== undefined) return ThrottledError;
  return AnswerError;
}

/** Only one that was not followed comes this far. Its address is named without path and query: they may hold a token. */
function redirectAsError({ headers }: GraphResponse): { code: string; message: string } {
  const { location } = headers;
  const target = location !== undefined && URL.canParse(location) ? new URL(location).origin : "elsewhere";
  return { code: "", message: `it redirects to ${target}` };
}
