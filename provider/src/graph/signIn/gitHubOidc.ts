import type { HttpClient } from "@azure/core-rest-pipeline";
import { z } from "zod";
import { AuthenticationError } from "../errors";

/** What Entra wants as `aud` of a pipeline's token. Source: learn.microsoft.com, workload identity federation. */
const AUDIENCE = "api://AzureADTokenExchange";
const ANSWER = z.object({ value: z.string().min(1) });
const TIMEOUT_MS = 20_000;

/**
 * A fresh token of the running GitHub Actions job; each is good for minutes. Source: docs.github.com, "OpenID Connect
 * reference". @throws {AuthenticationError}
 */
export async function requestGitHubToken(
  requestUrl: string,
  requestToken: string,
  httpClient: HttpClient,
): Promise<string> {
  const { createHttpHeaders, createPipelineFromOptions, createPipelineRequest } =
    await import("@azure/core-rest-pipeline");
  const url = new URL(requestUrl);
  url.searchParams.set("audience", AUDIENCE);
  const pipeline = createPipelineFromOptions({
    retryOptions: { maxRetries: 3, retryDelayInMs: 400 },
    redirectOptions: { maxRetries: 0 },
  });
  const request = createPipelineRequest({
    url: url.href,
    timeout: TIMEOUT_MS,
    headers: createHttpHeaders({ accept: "application/json", authorization: `Bearer ${requestToken}` }),
  });
  const { status, bodyAsText } = await pipeline.sendRequest(httpClient, request);
  const token = status === 200 ? ANSWER.safeParse(parseJson(bodyAsText ?? "")).data?.value : undefined;
  if (token !== undefined) return token;
  throw new AuthenticationError(
    `GitHub Actions gave no token (its endpoint answered ${status}${status === 200 ? " without one" : ""})`,
    "give the job `permissions: id-token: write`; outside GitHub Actions set intune:oidcToken or intune:oidcTokenFilePath",
    undefined,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
