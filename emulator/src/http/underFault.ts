import { setTimeout as wait } from "node:timers/promises";
import type { Emulation } from "../emulation";
import { answerError, withGraphHeaders } from "../graph/answerGraph";
import { GraphError } from "../graph/graphError";
import type { Clock } from "../world/clock";
import type { Fault, StatusFault, TruncateFault } from "../world/fault";
import type { Answer, EmulatorRequest, Outcome } from "./exchange";
import { answerThrottle } from "./answerThrottle";
import { editOutOfBand, hideCreated } from "./outOfBand";

/** Carries out a request, `answer`, as the fault that struck it says. */
export async function underFault(
  fault: Fault,
  request: EmulatorRequest,
  emulation: Emulation,
  answer: () => Promise<Answer> | Answer,
): Promise<Outcome> {
  if ("status" in fault) {
    if (fault.commit === true) await answer();
    return answerStatus(fault, request, emulation.clock);
  }
  if ("throttle" in fault) return answerThrottle(fault, request, emulation.clock);
  if ("drop" in fault) {
    if (fault.drop === "afterCommit") await answer();
    return "dropped";
  }
  if ("delayMs" in fault) {
    const delayMs = typeof fault.delayMs === "number" ? fault.delayMs : fault.delayMs.from;
    await wait(delayMs, undefined, { signal: emulation.closing }).catch(() => undefined);
    return answer();
  }
  const served = await answer();
  if ("truncateAfterBytes" in fault) return truncated(fault, served);
  if ("contentType" in fault) return withContentType(served, fault.contentType, fault.text);
  if ("hide" in fault) hideCreated(fault, served, emulation);
  else await editOutOfBand(fault, served, request, emulation);
  return served;
}

function answerStatus({ status, headers = {}, body }: StatusFault, request: EmulatorRequest, clock: Clock): Answer {
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

function truncated({ truncateAfterBytes, keepConnection }: TruncateFault, answer: Answer): Answer {
  if (keepConnection !== true) return { ...answer, truncateAfterBytes };
  const { status, headers, body, text } = answer;
  if (text === undefined && body === undefined) return answer;
  const cut = Buffer.from(text ?? JSON.stringify(body)).subarray(0, truncateAfterBytes);
  // A character cut in two is left out, since an answer is text.
  return { status, headers, text: new TextDecoder().decode(cut, { stream: true }) };
}

function withContentType(answer: Answer, contentType: string, text: string | undefined): Answer {
  const headers = { ...answer.headers, "Content-Type": contentType };
  return text === undefined ? { ...answer, headers } : { status: answer.status, headers, text };
}
