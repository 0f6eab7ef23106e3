import type { JsonValue } from "../model/json";

/** The request is not carried out, or is and its answer lost. */
export interface StatusFault {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Default: an error in Graph's shape for that status. */
  readonly body?: unknown;
  /** True: the request is carried out first and answered with the status afterwards. */
  readonly commit?: boolean;
}

/** Where a refused client finds how long to wait. `httpDate` is dated by the emulator's clock; `message` is Intune's JSON document inside the message. */
export const RETRY_AFTER_FORMS = ["integer", "decimal", "httpDate", "message", "absent"] as const;
export type RetryAfterForm = (typeof RETRY_AFTER_FORMS)[number];

/** The request is not carried out, and is to be sent again later. */
export interface ThrottleFault {
  readonly throttle: {
    readonly form: RetryAfterForm;
    /** Default 10. */
    readonly retryAfterSeconds?: number;
    /** Default 429. */
    readonly status?: 429 | 503;
  };
}

/** The request waits, by the machine's time, and is served. A range is drawn from anew for each request. */
export interface DelayFault {
  readonly delayMs: number | { readonly from: number; readonly to: number };
}

/** The connection ends without an answer. */
export interface DropFault {
  readonly drop: "beforeCommit" | "afterCommit";
}

/** The request is carried out and its answer cut short. */
export interface TruncateFault {
  readonly truncateAfterBytes: number;
  /** True: `Content-Length` tells the shortened length, so that only the text is broken. Default: the connection ends in the middle. */
  readonly keepConnection?: boolean;
}

/** The request is carried out and answered under a wrong content type. */
export interface ContentTypeFault {
  readonly contentType: string;
  /** In place of the answer's own body. */
  readonly text?: string;
}

/** What the request creates does not appear at once: GET by key says 404 and lists are without it. Writing to it works. */
export interface HideFault {
  readonly hide: { readonly reads: number } | { readonly seconds: number };
}

/** After the request, somebody else edits a row. */
export interface OutOfBandFault {
  readonly outOfBand:
    | { readonly delete: true; readonly id?: string }
    | { readonly set: Readonly<Record<string, JsonValue>>; readonly id?: string };
}

export type Fault =
  StatusFault | ThrottleFault | DelayFault | DropFault | TruncateFault | ContentTypeFault | HideFault | OutOfBandFault;

export interface FaultRule {
  /** `path` is a glob over the decoded path without query: `*` within a segment, `**` across. Default: every Graph request. Token requests take part when it contains "oauth2". */
  readonly match?: { readonly method?: string; readonly path?: string };
  /** Matching requests let through first. Default 0. */
  readonly skip?: number;
  /** How many then get the fault. Default 1, and without bound where there is a probability. */
  readonly times?: number;
  /** Of each of them, above 0 and up to 1; drawn from the emulator's seed. Default 1. */
  readonly probability?: number;
  readonly fault: Fault;
}

/** The fault as the journal names it. */
export function describeFault(fault: Fault): string {
  if ("status" in fault) return `status ${fault.status}${fault.commit === true ? " after commit" : ""}`;
  if ("throttle" in fault) return `throttle ${fault.throttle.form}`;
  if ("delayMs" in fault) {
    const { delayMs } = fault;
    return `delayMs ${typeof delayMs === "number" ? delayMs : `${delayMs.from} to ${delayMs.to}`}`;
  }
  if ("drop" in fault) return `drop ${fault.drop}`;
  if ("truncateAfterBytes" in fault) return `truncateAfterBytes ${fault.truncateAfterBytes}`;
  if ("contentType" in fault) return `contentType ${fault.contentType}`;
  if ("hide" in fault) return "reads" in fault.hide ? `hide ${fault.hide.reads} reads` : `hide ${fault.hide.seconds} s`;
  return "delete" in fault.outOfBand
    ? "outOfBand delete"
    : `outOfBand set ${Object.keys(fault.outOfBand.set).join(", ")}`;
}
