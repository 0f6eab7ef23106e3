import { STATUS_CODES } from "node:http";
import { ownVersion } from "../ownVersion";
import type { Journal } from "../world/journal";
import type { JournalEntry, JournalRecord } from "../world/journalEntry";

/** HTTP Archive 1.2 (w3c.github.io/web-performance/specs/HAR/Overview.html): what browsers and proxies open. */
export interface Har {
  readonly log: {
    readonly version: "1.2";
    readonly creator: { readonly name: string; readonly version: string };
    readonly entries: readonly HarEntry[];
  };
}

export interface HarEntry {
  readonly startedDateTime: string;
  /** Milliseconds. */
  readonly time: number;
  readonly request: HarRequest;
  readonly response: HarResponse;
  readonly cache: Record<string, never>;
  readonly timings: { readonly send: number; readonly wait: number; readonly receive: number };
  readonly comment?: string;
}

interface NameValue {
  readonly name: string;
  readonly value: string;
}

interface HarRequest {
  readonly method: string;
  readonly url: string;
  readonly httpVersion: string;
  readonly cookies: readonly [];
  readonly headers: readonly NameValue[];
  readonly queryString: readonly NameValue[];
  readonly postData?: { readonly mimeType: string; readonly text: string };
  readonly headersSize: -1;
  readonly bodySize: number;
}

interface HarResponse {
  /** 0: the connection ended without an answer. */
  readonly status: number;
  readonly statusText: string;
  readonly httpVersion: string;
  readonly cookies: readonly [];
  readonly headers: readonly NameValue[];
  readonly content: { readonly size: number; readonly mimeType: string };
  readonly redirectURL: "";
  readonly headersSize: -1;
  readonly bodySize: -1;
}

/** The journal as HAR. Of the headers it has those the journal has, so no token; bodies of answers are not kept and so not in it. */
export function toHar(journal: Journal): Har {
  const entries = journal.records().map((record) => toHarEntry(record, journal.entryOf(record)));
  return { log: { version: "1.2", creator: { name: "intune-emulator", version: ownVersion() }, entries } };
}

function toHarEntry(record: JournalRecord, entry: JournalEntry): HarEntry {
  const { durationMs, fault } = entry;
  return {
    startedDateTime: entry.receivedDateTime,
    time: durationMs,
    request: toHarRequest(record, entry),
    response: toHarResponse(record, entry),
    cache: {},
    timings: { send: 0, wait: durationMs, receive: 0 },
    ...(fault === undefined ? {} : { comment: `fault: ${fault}` }),
  };
}

function toHarRequest({ origin }: JournalRecord, entry: JournalEntry): HarRequest {
  const { method, path, query, requestBody, clientRequestId, userAgent } = entry;
  const text = requestBody === undefined ? undefined : JSON.stringify(requestBody);
  return {
    method,
    // Through bytes, since a lone surrogate, which an address within a batch may hold, has no encoding.
    url: `${origin}${encodeURI(Buffer.from(path).toString())}${query === "" ? "" : `?${query}`}`,
    httpVersion: "HTTP/1.1",
    cookies: [],
    headers: [...named("client-request-id", clientRequestId), ...named("user-agent", userAgent)],
    queryString: [...new URLSearchParams(query)].map(([name, value]) => ({ name, value })),
    ...(text === undefined ? {} : { postData: { mimeType: "application/json", text } }),
    headersSize: -1,
    bodySize: text === undefined ? 0 : Buffer.byteLength(text),
  };
}

function toHarResponse({ responseContentType = "" }: JournalRecord, { status, requestId }: JournalEntry): HarResponse {
  const code = status === "dropped" ? 0 : status;
  return {
    status: code,
    statusText: STATUS_CODES[code] ?? "",
    httpVersion: "HTTP/1.1",
    cookies: [],
    headers: code === 0 ? [] : [...named("request-id", requestId), ...named("content-type", responseContentType)],
    content: { size: 0, mimeType: responseContentType },
    redirectURL: "",
    headersSize: -1,
    bodySize: -1,
  };
}

function named(name: string, value: string | undefined): NameValue[] {
  return value === undefined || value === "" ? [] : [{ name, value }];
}
