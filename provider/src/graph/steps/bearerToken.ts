import type { GraphRequest, Middleware } from "../middleware";
import type { GetToken } from "../signIn/tokenSource";

/**
 * The bearer token, asked for on each attempt: an attempt after a long wait may need a newer one. A token that Graph
 * refuses (401: nothing was carried out, so this holds for writes too) is replaced once and the request sent again;
 * where no other token can be had, the refusal stands.
 */
export function bearerToken(getToken: GetToken): Middleware {
  return (next) => async (request) => {
    const { deadlineMs } = request;
    const token = await getToken({ deadlineMs });
    const response = await next(signed(request, token));
    if (response.status !== 401) return response;
    const renewed = await getToken({ deadlineMs, refused: token });
    return renewed === token ? response : next(signed(request, renewed));
  };
}

const signed = (request: GraphRequest, token: string): GraphRequest => ({
  ...request,
  headers: { ...request.headers, authorization: `Bearer ${token}` },
});
