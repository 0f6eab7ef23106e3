import type { Emulation } from "../emulation";
import type { EmulatorRequest } from "../http/exchange";
import type { Granted } from "../identity/accessTokens";
import { APPS_READ_ROLE, APPS_READ_WRITE_ROLE, READ_ROLE, READ_WRITE_ROLE } from "../limits";
import type { Root } from "../model/collections";
import { GraphError } from "./graphError";

/** The caller of a Graph request. @throws {GraphError} 401 InvalidAuthenticationToken (microsoft-graph-docs-contrib issue #2362). */
export function authenticate(request: EmulatorRequest, { tokens }: Emulation): Granted {
  const result = tokens.verify(request.headers.authorization ?? "", request.origin);
  if ("refused" in result) throw unauthorized(result.refused);
  return result;
}

/** Below each singleton of the service: what reading needs one of, and what writing needs. */
const ROLES: Readonly<Record<Root, { readonly read: string; readonly readWrite: string }>> = {
  deviceManagement: { read: READ_ROLE, readWrite: READ_WRITE_ROLE },
  deviceAppManagement: { read: APPS_READ_ROLE, readWrite: APPS_READ_WRITE_ROLE },
};

/**
 * Application permissions of the documentation pages: reading needs one of two, writing ReadWrite.All.
 * @throws {GraphError} 403 Forbidden, text of srozemuller/IntuneAssistant issue #6.
 */
export function authorize({ roles }: Granted, method: string, root: Root): void {
  const { read, readWrite } = ROLES[root];
  const accepted = method === "GET" ? [read, readWrite] : [readWrite];
  if (accepted.some((role) => roles.includes(role))) return;
  const text =
    "Application is not authorized to perform this operation. Application must have one of the following scopes";
  throw new GraphError(403, "Forbidden", `${text}: ${accepted.join(", ")}`, "intune");
}

/** RFC 6750 section 3 asks for the challenge. */
function unauthorized(message: string): GraphError {
  return new GraphError(401, "InvalidAuthenticationToken", message, "graph", { "WWW-Authenticate": 'Bearer realm=""' });
}
