import { type GraphRequest, type GraphResponse, type Middleware, pathOf, TransportFailure } from "../middleware";
import { parseJson } from "../operationRequest";
import { publishRequest, type RequestEvent } from "../telemetry";

/** Tells `pulumi-intune:request` of each attempt. */
export function observe(now: () => number): Middleware {
  return (next) => async (request) => {
    const startedMs = now();
    const publish = (response: GraphResponse | undefined, failure: string | undefined): void => {
      publishRequest(() => eventOf(request, response, failure, now() - startedMs));
    };
    try {
      const response = await next(request);
      publish(response, undefined);
      return response;
    } catch (error) {
      publish(undefined, error instanceof TransportFailure ? error.reason : "not sent");
      throw error;
    }
  };
}

function eventOf(
  request: GraphRequest,
  response: GraphResponse | undefined,
  failure: string | undefined,
  durationMs: number,
): RequestEvent {
  return {
    operation: request.operation,
    method: request.method,
    path: pathOf(request),
    status: response?.status,
    failure,
    durationMs,
    clientRequestId: request.headers["client-request-id"],
    requestId: response?.headers["request-id"],
    properties: Object.keys((parseJson(request.body ?? "{}") as object | undefined) ?? {}),
  };
}
