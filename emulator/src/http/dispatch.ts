import { setTimeout as wait } from "node:timers/promises";
import { answerControl } from "../control/controlRoutes";
import type { Emulation } from "../emulation";
import { answerError, answerGraph, withGraphHeaders } from "../graph/answerGraph";
import { GraphError } from "../graph/graphError";
import { invalidVersion } from "../graph/serveGraph";
import { answerIdentity } from "../identity/identityRoutes";
import type { Clock } from "../world/clock";
import { describeFault } from "../world/faults";
import type { Fault } from "../world/faults";
import type { Answer, EmulatorRequest } from "./exchange";
import { refuseForeignHost } from "./foreignHost";

type Outcome = Answer | "dropped";

/** The whole order of things: the emulator's own paths → faults → Graph or the authority → journal. */
export async function dispatch(request: EmulatorRequest, emulation: Emulation): Promise<Outcome> {
  const path = decoded(request.path);
  const refusal = refuseForeignHost(request, path, emulation.settings);
  return refusal ?? answerControl(request, path, emulation) ?? exchange(request, path, emulation);
}

async function exchange(request: EmulatorRequest, path: string, emulation: Emulation): Promise<Outcome> {
  const receivedMs = emulation.clock.nowMs();
  const index = emulation.journal.arrive();
  const isGraph = /^\/(beta|v1\.0)(\/|$)/.test(path);
  const fault = emulation.faults.strike(request.method, path, isGraph);
  const outcome = await underFault(fault, request, emulation, () => serve(request, path, isGraph, emulation));
  emulation.journal.record({
    index,
    receivedMs,
    method: request.method,
    path,
    // A token request carries the secret in its form; the path is all there is to tell of it.
    query: isGraph ? request.query : "",
    requestBody: isGraph ? request.body : undefined,
    clientRequestId: headerOf(request, "client-request-id"),
    requestId: request.requestId,
    userAgent: headerOf(request, "user-agent"),
    status: outcome === "dropped" ? outcome : outcome.status,
    fault: fault === undefined ? undefined : describeFault(fault),
  });
  return outcome;
}

async function serve(request: EmulatorRequest, path: string, isGraph: boolean, emulation: Emulation): Promise<Answer> {
  if (isGraph) return answerGraph(request, emulation, (item) => exchange(item, decoded(item.path), emulation));
  return (
    answerIdentity(request, path, emulation) ??
    answerError(request, invalidVersion(path.split("/")[1] ?? ""), emulation.clock)
  );
}

async function underFault(
  fault: Fault | undefined,
  request: EmulatorRequest,
  { closing, clock }: Emulation,
  answer: () => Promise<Answer>,
): Promise<Outcome> {
  if (fault === undefined) return answer();
  if ("delayMs" in fault) {
    await wait(fault.delayMs, undefined, { signal: closing }).catch(() => undefined);
    return answer();
  }
  if ("drop" in fault) {
    if (fault.drop === "afterCommit") await answer();
    return "dropped";
  }
  if (fault.commit === true) await answer();
  return answerFault(fault, request, clock);
}

function answerFault(fault: Extract<Fault, { status: number }>, request: EmulatorRequest, clock: Clock): Answer {
  const { status, headers = {}, body } = fault;
  if (body !== undefined) {
    return withGraphHeaders(request, { status, headers: { "Content-Type": "application/json", ...headers }, body });
  }
  if (status < 400) return withGraphHeaders(request, { status, headers });
  const code = FAULT_CODES[status] ?? "UnknownError";
  return answerError(
    request,
    new GraphError(status, code, `An error has occurred (fault: status ${status}).`, "intune", headers),
    clock,
  );
}

/** Codes seen for these statuses in Intune's errors (microsoft-graph-docs and script repositories), 5xx from Graph page "errors". */
const FAULT_CODES: Readonly<Record<number, string>> = {
  400: "BadRequest",
  401: "InvalidAuthenticationToken",
  403: "Forbidden",
  404: "ResourceNotFound",
  409: "Conflict",
  429: "TooManyRequests",
  500: "InternalError",
  502: "BadGateway",
  503: "ServiceUnavailable",
  504: "GatewayTimeout",
};

function headerOf({ headers }: EmulatorRequest, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** For the journal and the globs; a path that cannot be decoded stays as it came. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
