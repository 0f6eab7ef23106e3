import type { Middleware } from "../middleware";

/** The bearer token, asked for on each attempt: an attempt after a long wait may need a newer one. */
export function bearerToken(getToken: () => Promise<string>): Middleware {
  return (next) => async (request) => {
    const authorization = `Bearer ${await getToken()}`;
    return next({ ...request, headers: { ...request.headers, authorization } });
  };
}
