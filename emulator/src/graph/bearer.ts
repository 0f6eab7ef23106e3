import type { Emulation } from "../emulation";
import type { EmulatorRequest } from "../http/exchange";
import type { Granted } from "../identity/accessTokens";
import { READ_ROLE, READ_WRITE_ROLE } from "../limits";
import { GraphError } from "./graphError";

/** The caller of a Graph request. @throws {GraphError} 401 InvalidAuthenticationToken (microsoft-graph-docs-contrib issue #2362). */
export function authenticate(request: EmulatorRequest, { tokens }: Emulation): Granted {
  const token = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? "")?.[1];
  if (token === undefined) throw unauthorized("Access token is empty.");
  const result = tokens.verify(token, request.origin);
  if ("refused" in result) throw unauthorized(result.refused);
  return result;
}

/**
 * Application permissions of the five documentation pages: reading needs one of two, writing ReadWrite.All.
 * @throws {GraphError} 403 Forbidden, text of srozemuller/IntuneAssistant issue #6.
 */
export function authorize({ roles }: Granted, method: string): void {
  const accepted = method === "GET" ? [READ_ROLE, READ_WRITE_ROLE] : [READ_WRITE_ROLE];
  if (accepted.some((role) => roles.includes(role))) return;
  const text =
    "Application is not authorized to perform this operation. Application must have one of the following scopes";
  throw new GraphError(403, "Forbidden", `${text}: ${accepted.join(", ")}`, "intune");
}

/** RFC 6750 section 3 asks for the challenge. */
function unauthorized(message: string): GraphError {
  return new GraphError(401, "InvalidAuthenticationToken", message, "graph", { "WWW-Authenticate": 'Bearer realm=""' });
}
