import { type Dispatcher, request as undiciRequest } from "undici";
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

/** What a gateway answers in place of a tunnel. Source: undici's proxy-agent.js. */
const PROXY_REFUSAL = /^Proxy response \((\d+)\)/;

/** The one place where requests leave the process. Each attempt has its own deadline, within the operation's. */
export function undiciSend(dispatcher: Dispatcher, requestTimeoutMs: number, now: () => number): Send {
  return async (request) => {
    const timeoutMs = Math.max(1, Math.min(requestTimeoutMs, request.deadlineMs - now()));
    const timeout = AbortSignal.timeout(timeoutMs);
    const progress = { answered: false };
    try {
      return await exchange(dispatcher, request, timeout, progress);
    } catch (error) {
      throw timeout.aborted ? timeoutFailure(request, timeoutMs, progress.answered, error) : failureOf(error, request);
    }
  };
}

async function exchange(
  dispatcher: Dispatcher,
  request: GraphRequest,
  signal: AbortSignal,
  progress: { answered: boolean },
): Promise<GraphResponse> {
  const answer = await undiciRequest(request.url, {
    dispatcher,
    method: request.method,
    headers: { ...request.headers },
    body: request.body ?? null,
    signal,
  });
  progress.answered = true;
  const headers = Object.fromEntries(
    Object.entries(answer.headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(", ") : value,
    ]),
  );
  return { status: answer.statusCode, headers, body: await answer.body.text(), attempts: 1 };
}

function timeoutFailure(request: GraphRequest, timeoutMs: number, answered: boolean, error: unknown): TransportFailure {
  const within = `within ${(timeoutMs / 1000).toFixed(1)} s from ${new URL(request.url).origin}`;
  const reason = answered ? `its body was not complete ${within}` : `none ${within}`;
  const advice = "raise intune:requestTimeoutSeconds if the service is slow, or see whether it is alive";
  return new TransportFailure(reason, true, advice, error);
}

function failureOf(error: unknown, request: GraphRequest): TransportFailure {
  const origin = new URL(request.url).origin;
  const code = codeOf(error);
  const proxyStatus = error instanceof Error ? PROXY_REFUSAL.exec(error.message)?.[1] : undefined;
  if (proxyStatus !== undefined) {
    const advice = "check HTTPS_PROXY, and whether the proxy lets this address through; NO_PROXY goes past it";
    return new TransportFailure(`the proxy on the way to ${origin} answered ${proxyStatus}`, false, advice, error);
  }
  if (isTlsCode(code)) {
    const advice =
      "name its certificate authority's PEM file in intune:caCertificatePath, or correct intune:graphEndpoint";
    return new TransportFailure(`the certificate of ${origin} is not accepted (${code})`, false, advice, error);
  }
  const advice = "check intune:graphEndpoint and that the service is running (the emulator: npm run emulator)";
  const reason = code === "ECONNREFUSED" ? `nothing listens at ${origin} (${code})` : `${origin}: ${code}`;
  return new TransportFailure(reason, !NEVER_LEFT.has(code), advice, error);
}
