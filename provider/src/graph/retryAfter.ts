import { parseErrorBody } from "./errorBody";
import type { GraphResponse } from "./middleware";

/**
 * How long a `Retry-After` asks to wait, in milliseconds from `nowMs`; `undefined` if it says nothing usable.
 * Whole seconds and HTTP dates are RFC 9110; decimal seconds such as `2.128` are what Graph sends (throttling page).
 * A time already past asks for no wait.
 */
export function parseRetryAfter(text: string | undefined, nowMs: number): number | undefined {
  if (text === undefined) return undefined;
  const trimmed = text.trim();
  if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(trimmed)) return Math.max(0, Math.ceil(Number(trimmed) * 1000));
  const dateMs = /^[A-Za-z]{3},? /.test(trimmed) ? Date.parse(trimmed) : Number.NaN;
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs);
}

/** The wait an answer asks for: in its header or, as Intune does, in its body; in milliseconds. */
export function retryAfterOf({ status, headers, body }: GraphResponse, nowMs: number): number | undefined {
  const text = headers["retry-after"] ?? (status < 400 ? undefined : parseErrorBody(body).retryAfter);
  return parseRetryAfter(text, nowMs);
}
