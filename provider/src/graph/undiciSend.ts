import { type Agent, request as undiciRequest } from "undici";
import { type GraphRequest, type GraphResponse, type Send, TransportFailure } from "./middleware";
import { codeOf, isTlsCode } from "./transportCodes";

/** Socket errors before a byte of the request can have left. Source: Node's error codes, undici's errors.js. */
const NEVER_LEFT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** The one place where requests leave the process. Each attempt has its own deadline, within the operation's. */
export function undiciSend(agent: Agent, requestTimeoutMs: number, now: () => number): Send {
  return async (request) => {
    const timeoutMs = Math.max(1, Math.min(requestTimeoutMs, request.deadlineMs - now()));
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      return await exchange(agent, request, timeout);
    } catch (error) {
      throw failureOf(error, request, timeout.aborted ? timeoutMs : undefined);
    }
  };
}

async function exchange(agent: Agent, request: GraphRequest, signal: AbortSignal): Promise<GraphResponse> {
  const answer = await undiciRequest(request.url, {
    dispatcher: agent,
    method: request.method,
    headers: { ...request.headers },
    body: request.body ?? null,
    signal,
  });
  const headers = Object.fromEntries(
    Object.entries(answer.headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(", ") : value,
    ]),
  );
  return { status: answer.statusCode, headers, body: await answer.body.text(), attempts: 1 };
}

function failureOf(error: unknown, request: GraphRequest, timedOutMs: number | undefined): TransportFailure {
  const origin = new URL(request.url).origin;
  if (timedOutMs !== undefined) {
    const advice = "raise intune:requestTimeoutSeconds if the service is slow, or see whether it is alive";
    return new TransportFailure(`none within ${(timedOutMs / 1000).toFixed(1)} s from ${origin}`, true, advice, error);
  }
  const code = codeOf(error);
  if (isTlsCode(code)) {
    const advice =
      "name its certificate authority's PEM file in intune:caCertificatePath, or correct intune:graphEndpoint";
    return new TransportFailure(`the certificate of ${origin} is not accepted (${code})`, false, advice, error);
  }
  const advice = "check intune:graphEndpoint and that the service is running (the emulator: npm run emulator)";
  const reason = code === "ECONNREFUSED" ? `nothing listens at ${origin} (${code})` : `${origin}: ${code}`;
  return new TransportFailure(reason, !NEVER_LEFT.has(code), advice, error);
}
