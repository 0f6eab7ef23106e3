import { z } from "zod";

/** What can be learnt from the body of a refusal. */
export interface ErrorBody {
  readonly code: string;
  readonly message: string;
  /** `RetryAfter` of Intune's JSON-in-message, or the header of that name in its `HttpHeaders`. */
  readonly retryAfter: string | undefined;
}

const GRAPH = z.object({ error: z.object({ code: z.string().nullish(), message: z.string().nullish() }) });
const INTUNE = z.object({
  Message: z.string(),
  RetryAfter: z.union([z.string(), z.number()]).nullish(),
  HttpHeaders: z.string().nullish(),
});

/** JSON inside `message` was seen two deep (an authorization error of the PowerShell SDK); one more is allowed for. */
const MAX_NESTING = 3;
const MAX_MESSAGE_LENGTH = 300;

/**
 * Read Graph's error envelope. Intune packs a JSON document into `message`, sometimes twice; its `Message` is unwrapped
 * and the trailing Operation ID, Activity ID and Url are cut, since the ids stand in the headers too.
 */
export function parseErrorBody(body: string): ErrorBody {
  const envelope = GRAPH.safeParse(parseJson(body));
  if (!envelope.success) return { code: "", message: tidy(body), retryAfter: undefined };
  let message = envelope.data.error.message ?? "";
  let retryAfter: string | undefined;
  for (let depth = 0; depth < MAX_NESTING; depth++) {
    const nested = INTUNE.safeParse(parseJson(message));
    if (!nested.success) break;
    message = nested.data.Message;
    retryAfter ??= nested.data.RetryAfter?.toString() ?? retryAfterOf(nested.data.HttpHeaders);
  }
  return { code: envelope.data.error.code ?? "", message: tidy(message), retryAfter };
}

function retryAfterOf(httpHeaders: string | null | undefined): string | undefined {
  const headers = z.record(z.string(), z.unknown()).safeParse(parseJson(httpHeaders ?? ""));
  if (!headers.success) return undefined;
  const entry = Object.entries(headers.data).find(([name]) => name.toLowerCase() === "retry-after");
  const value: unknown = Array.isArray(entry?.[1]) ? entry[1][0] : entry?.[1];
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

function tidy(message: string): string {
  const text = message
    .split(" - Operation ID (for customer support)")[0]
    ?.replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  if (text === undefined || text === "") return "no message";
  return text.length > MAX_MESSAGE_LENGTH ? `${text.slice(0, MAX_MESSAGE_LENGTH)}…` : text;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
