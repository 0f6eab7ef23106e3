import type { GraphRequest, GraphResponse, Middleware } from "../middleware";

const MAX_REDIRECTS = 5;
/** Redirects that keep method and body. Source: RFC 9110 §15.4. */
const KEEP_METHOD = new Set([307, 308]);
const ANY = new Set([301, 302, 303, ...KEEP_METHOD]);

/** Follow redirects within the origin; one that leads away is answered as it is, for it would carry the token there. */
export function redirect(): Middleware {
  return (next) => async (request) => {
    let current = request;
    for (let followed = 0; ; followed++) {
      const response = await next(current);
      const url = followed < MAX_REDIRECTS ? targetWithinOrigin(current, response) : undefined;
      if (url === undefined) return response;
      current = { ...current, url };
    }
  };
}

function targetWithinOrigin(request: GraphRequest, { status, headers }: GraphResponse): string | undefined {
  const { location } = headers;
  if (location === undefined || !URL.canParse(location, request.url)) return undefined;
  // A write is repeated only where the server says that method and body are meant to be.
  if (!(request.method === "GET" ? ANY : KEEP_METHOD).has(status)) return undefined;
  const target = new URL(location, request.url);
  return target.origin === new URL(request.url).origin ? target.href : undefined;
}
