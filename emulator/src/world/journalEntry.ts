import { parseJson } from "../model/jsonText";
import { bytesOf } from "./bodyPages";
import type { KeptBytes } from "./bodyPages";

/** One request as it was received and answered. Holds no header but the named ones, so no token; token requests are listed without their form. */
export interface JournalEntry {
  /** Order of arrival, from 0. Never given twice, also not after clear(). */
  index: number;
  /** By the emulator's clock. */
  receivedDateTime: string;
  method: string;
  /** Decoded, without query. */
  path: string;
  /** As sent, without "?"; the value of a parameter that carries a token or a secret is left out. */
  query: string;
  /** Parsed JSON; undefined when there was none or it was not JSON. */
  requestBody: unknown;
  clientRequestId: string | undefined;
  requestId: string;
  userAgent: string | undefined;
  status: number | "dropped";
  /** From the arrival of the request to its answer, in milliseconds of the machine's time. */
  durationMs: number;
  /** The fault that met the request, in words. */
  fault: string | undefined;
}

/** An entry before anybody has asked for it. */
export interface JournalRecord extends Omit<JournalEntry, "receivedDateTime" | "requestBody"> {
  readonly receivedMs: number;
  /** Undefined where it may hold a secret, is empty, or was too long. */
  readonly body: KeptBytes | undefined;
  /** Scheme, host and port as the sender wrote them. */
  readonly origin: string;
  readonly responseContentType: string | undefined;
}

/** Parameters that carry a token or a secret: RFC 6749 sections 4 to 6, RFC 6750 section 2.3, RFC 7521 section 4.2. */
const SECRETS =
  /((?:^|&)(?:access_token|refresh_token|client_secret|client_assertion|assertion|password|code)=)[^&]*/gi;

export function toEntry(record: JournalRecord): JournalEntry {
  return {
    index: record.index,
    receivedDateTime: new Date(record.receivedMs).toISOString(),
    method: record.method,
    path: record.path,
    query: record.query.replace(SECRETS, "$1"),
    requestBody: record.body === undefined ? undefined : parseJson(bytesOf(record.body)),
    clientRequestId: record.clientRequestId,
    requestId: record.requestId,
    userAgent: record.userAgent,
    status: record.status,
    durationMs: Math.round(record.durationMs * 1000) / 1000,
    fault: record.fault,
  };
}
