import { answerControl } from "../control/controlRoutes";
import type { Emulation } from "../emulation";
import { answerError, answerGraph } from "../graph/answerGraph";
import { invalidVersion } from "../graph/serveGraph";
import { isPromise } from "../isPromise";
import { answerIdentity } from "../identity/identityRoutes";
import { describeFault } from "../world/fault";
import type { Answer, EmulatorRequest, Outcome } from "./exchange";
import { refuseForeignHost } from "./foreignHost";
import { underFault } from "./underFault";

/** The whole order of things: the emulator's own paths → faults → Graph or the authority → journal. */
export function dispatch(request: EmulatorRequest, emulation: Emulation): Promise<Outcome> | Outcome {
  const path = decoded(request.path);
  const refusal = refuseForeignHost(request, path, emulation.settings);
  return refusal ?? answerControl(request, path, emulation) ?? exchange(request, path, emulation);
}

function exchange(request: EmulatorRequest, path: string, emulation: Emulation): Promise<Outcome> | Outcome {
  const { clock, journal, faults } = emulation;
  const receivedMs = clock.nowMs();
  const start = performance.now();
  const index = journal.arrive();
  const isGraph = /^\/(beta|v1\.0)(\/|$)/.test(path);
  const fault = faults.strike(request.method, path, isGraph);
  const answer = (): Promise<Answer> | Answer => serve(request, path, isGraph, emulation);
  const onOutcome = (outcome: Outcome): Outcome => {
    const { newest } = journal;
    journal.record({
      index,
      receivedMs,
      method: request.method,
      path: twin(path, newest?.path),
      // A token request carries the secret in its form; the path is all there is to tell of it.
      query: isGraph ? request.query : "",
      body:
        isGraph && request.body !== undefined && request.body.length > 0 ? journal.keepBody(request.body) : undefined,
      clientRequestId: headerOf(request, "client-request-id"),
      requestId: request.requestId,
      userAgent: twin(headerOf(request, "user-agent"), newest?.userAgent),
      origin: twin(request.origin, newest?.origin),
      status: outcome === "dropped" ? outcome : outcome.status,
      responseContentType: outcome === "dropped" ? undefined : outcome.headers["Content-Type"],
      durationMs: performance.now() - start,
      fault: fault === undefined ? undefined : describeFault(fault),
    });
    return outcome;
  };
  const outcome = fault === undefined ? answer() : underFault(fault, request, emulation, answer);
  // Not waited for when it is there already, as that of a read is: a promise costs every request as much as finding its route.
  return isPromise(outcome) ? outcome.then(onOutcome) : onOutcome(outcome);
}

function serve(
  request: EmulatorRequest,
  path: string,
  isGraph: boolean,
  emulation: Emulation,
): Promise<Answer> | Answer {
  if (isGraph) return answerGraph(request, emulation, (item) => exchange(item, decoded(item.path), emulation));
  return (
    answerIdentity(request, path, emulation) ??
    answerError(request, invalidVersion(path.split("/")[1] ?? ""), emulation.clock)
  );
}

/** The other text where both are the same: a client repeats itself, and what fifty thousand records share is kept once. */
function twin<Text extends string | undefined>(text: Text, other: Text | undefined): Text {
  return other !== undefined && text === other ? other : text;
}

function headerOf({ headers }: EmulatorRequest, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** For the journal and the globs; a path that cannot be decoded stays as it came. */
function decoded(path: string): string {
  if (!path.includes("%")) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
