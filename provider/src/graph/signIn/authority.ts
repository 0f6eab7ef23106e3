import type { HttpClient, PipelineRequest } from "@azure/core-rest-pipeline";
import type { TokenCredentialOptions } from "@azure/identity";
import { isLoopback } from "../addresses";
import { codeOf } from "../transportCodes";
import { entraAnswerIn, type Evidence } from "./evidence";

export type AuthorityOptions = TokenCredentialOptions & { disableInstanceDiscovery?: boolean; httpClient: HttpClient };

const MICROSOFT_AUTHORITIES = new Set([
  "login.microsoftonline.com",
  "login.microsoftonline.us",
  "login.chinacloudapi.cn",
]);
/** The fixed address at which a machine of Azure finds its identity (IMDS). Source: learn.microsoft.com, managed identities. */
const IMDS_ORIGIN = "http://169.254.169.254";
/** The address is in no name service and nobody answers for it elsewhere: without a limit a connect hangs for minutes. */
const IMDS_TIMEOUT_MS = 10_000;
/** Failures of the moment are met with three more tries, about 3 s; the source of tokens bounds the whole. */
const RETRIES = { maxRetries: 3, retryDelayInMs: 400, maxRetryDelayInMs: 8_000 };

export interface AuthorityParts {
  readonly authorityHost: string;
  readonly ca: string[] | undefined;
  readonly msiEndpoint: string | undefined;
  readonly evidence: Evidence;
  /** Ends the requests of the present attempt. */
  readonly signal: () => AbortSignal | undefined;
}

/**
 * How every credential reaches the authority. The library refuses one on plain http, so a loopback one is named with https
 * and its requests are sent over http. One that is not Microsoft's is not asked about at Microsoft's (instance discovery),
 * since it is unknown there. No redirect is followed: what is sent are secrets.
 */
export async function authorityOptions(parts: AuthorityParts): Promise<AuthorityOptions> {
  const authority = new URL(parts.authorityHost);
  const named = new URL(authority);
  named.protocol = "https:";
  const plainHost = authority.protocol === "http:" ? authority.host : undefined;
  return {
    authorityHost: named.href.replace(/\/+$/, ""),
    ...(MICROSOFT_AUTHORITIES.has(authority.hostname) ? {} : { disableInstanceDiscovery: true }),
    httpClient: await authorityClient(plainHost, parts),
    retryOptions: RETRIES,
    redirectOptions: { maxRetries: 0 },
  };
}

async function authorityClient(plainHost: string | undefined, parts: AuthorityParts): Promise<HttpClient> {
  const { createDefaultHttpClient } = await import("@azure/core-rest-pipeline");
  const client = createDefaultHttpClient();
  const { evidence } = parts;
  // One object for all requests: connections are kept per settings object.
  const tlsSettings = parts.ca === undefined ? undefined : { ca: parts.ca };
  return {
    async sendRequest(request) {
      prepare(request, plainHost, parts);
      if (tlsSettings !== undefined) trust(request, tlsSettings);
      const { origin } = new URL(request.url);
      try {
        const response = await client.sendRequest(request);
        const body = response.bodyAsText ?? "";
        if (response.status >= 300) {
          evidence.noteFailure({ origin, code: undefined, status: response.status });
          const answer = entraAnswerIn(body);
          if (answer !== undefined) evidence.noteAnswer(answer);
        }
        if (plainHost === undefined) return response;
        // The discovery document may name its issuer and endpoints with http; the library wants them like the authority.
        return { ...response, bodyAsText: body.replaceAll(`http://${plainHost}`, `https://${plainHost}`) };
      } catch (error) {
        evidence.noteFailure({ origin, code: codeOf(error), status: undefined });
        throw error;
      }
    },
  };
}

function prepare(request: PipelineRequest, plainHost: string | undefined, parts: AuthorityParts): void {
  const url = new URL(request.url);
  if (url.host === plainHost) url.protocol = "http:";
  if (url.origin === IMDS_ORIGIN) {
    request.timeout ||= IMDS_TIMEOUT_MS;
    if (parts.msiEndpoint !== undefined) url.href = atEndpoint(parts.msiEndpoint, url);
  }
  if (url.protocol === "http:" && isLoopback(url)) {
    request.allowInsecureConnection = true;
    // The agent of a proxy (HTTPS_PROXY), chosen while the address was still spelled https.
    delete request.agent;
  }
  request.url = url.href;
  const signal = parts.signal();
  if (signal === undefined) return;
  request.abortSignal =
    request.abortSignal instanceof AbortSignal ? AbortSignal.any([request.abortSignal, signal]) : signal;
}

/** The library leaves TLS settings out where a proxy's agent is set; the options of the one request reach it there too. */
function trust(request: PipelineRequest, tlsSettings: { ca: string[] }): void {
  if (request.agent === undefined) request.tlsSettings = tlsSettings;
  else request.requestOverrides = { ...request.requestOverrides, ...tlsSettings };
}

/** The endpoint stands for the whole address when it has a path, else for the machine. */
function atEndpoint(endpoint: string, asked: URL): string {
  const url = new URL(endpoint);
  if (url.pathname === "/") url.pathname = asked.pathname;
  url.search = asked.search;
  return url.href;
}
