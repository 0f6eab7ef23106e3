import type { Emulation } from "../emulation";
import type { Answer, EmulatorRequest } from "../http/exchange";
import type { Version } from "../model/entityType";
import { authenticate, authorize } from "./bearer";
import { GraphError } from "./graphError";
import { ROUTES } from "./routes";
import type { Route } from "./routes";
import { RouteTree } from "./routeTree";
import { throttle } from "./throttle";

const TREES: Readonly<Record<Version, RouteTree<Route>>> = { beta: treeOf("beta"), "v1.0": treeOf("v1.0") };

/** Nobody changes a request's query. */
const NO_QUERY = new URLSearchParams();

function treeOf(version: Version): RouteTree<Route> {
  return new RouteTree(ROUTES.filter((route) => route.versions.includes(version)));
}

/** A request below a version root: who is it → within its quota → is there such a route → may they → do it. */
export function serveGraph(request: EmulatorRequest, emulation: Emulation): Promise<Answer> | Answer {
  const caller = authenticate(request, emulation);
  throttle(caller, request, emulation);
  const end = request.path.indexOf("/", 1);
  const version = end < 0 ? request.path.slice(1) : request.path.slice(1, end);
  if (version !== "beta" && version !== "v1.0") throw invalidVersion(version);
  const { route, keys } = findRoute(version, end < 0 ? "" : request.path.slice(end), request);
  const verbs = route[emulation.profile];
  const handler = Object.hasOwn(verbs, request.method) ? verbs[request.method] : undefined;
  if (handler === undefined) throw methodNotAllowed(request, Object.keys(verbs));
  authorize(caller, request.method, route.root);
  return handler({
    emulation,
    world: emulation.visibility.seenBy(emulation.tenants.worldOf(caller.tenantId), request.method),
    request,
    version,
    template: route.template,
    keys,
    query: request.query === "" ? NO_QUERY : new URLSearchParams(request.query),
  });
}

/** Text: jseerden/IntuneBackupAndRestore pull request #82. */
export function invalidVersion(root: string): GraphError {
  return new GraphError(404, "ResourceNotFound", `Invalid version: ${root}`, "graph");
}

function findRoute(
  version: Version,
  path: string,
  request: EmulatorRequest,
): { route: Route; keys: Readonly<Record<string, string>> } {
  const found = TREES[version].find(path);
  if (found !== undefined) return found;
  // Assumption: 404 and a code of our own, where Graph says 400 "Resource not found for the segment": nobody shall take it for a missing entity.
  throw new GraphError(404, "UnknownRoute", `The emulator serves no route ${request.method} ${request.path}.`, "graph");
}

/** Assumption: code and text; status and header are HTTP's own (RFC 9110 section 15.5.6). */
function methodNotAllowed(request: EmulatorRequest, allowed: string[]): GraphError {
  const text = `The emulator does not serve ${request.method} ${request.path}; it serves ${allowed.join(", ")} there.`;
  return new GraphError(405, "MethodNotAllowed", text, "graph", { Allow: allowed.join(", ") });
}
