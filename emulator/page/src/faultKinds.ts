import { STATUSES } from "./statuses";

export interface FaultField {
  label: string;
  /** What the field holds at first. */
  initial: string;
  /** A choice; without one, text. */
  options?: readonly string[];
  isNumber?: boolean;
}

export interface FaultKind {
  name: string;
  label: string;
  fields: readonly FaultField[];
  /** The fault as the control API takes it, from the fields' texts in their order. */
  toFault: (...texts: string[]) => object;
}

/** The faults a form can ask for: what most people need of docs/emulator-faults.md. */
export const FAULT_KINDS: readonly FaultKind[] = [
  {
    name: "status",
    label: "Answer with a status",
    fields: [{ label: "Status", initial: "503", isNumber: true }],
    toFault: (status) => ({ status: Number(status) }),
  },
  {
    name: "throttle",
    label: "Throttle",
    fields: [
      { label: "Retry-After", initial: "integer", options: ["integer", "decimal", "httpDate", "message", "absent"] },
      { label: "Seconds", initial: "10", isNumber: true },
    ],
    toFault: (form, seconds) => ({ throttle: { form, retryAfterSeconds: Number(seconds) } }),
  },
  {
    name: "delayMs",
    label: "Delay",
    fields: [{ label: "Milliseconds", initial: "2000", isNumber: true }],
    toFault: (delayMs) => ({ delayMs: Number(delayMs) }),
  },
  {
    name: "drop",
    label: "Drop the connection",
    fields: [{ label: "When", initial: "beforeCommit", options: ["beforeCommit", "afterCommit"] }],
    toFault: (drop) => ({ drop }),
  },
  {
    name: "truncateAfterBytes",
    label: "Cut the answer short",
    fields: [{ label: "Bytes", initial: "10", isNumber: true }],
    toFault: (bytes) => ({ truncateAfterBytes: Number(bytes) }),
  },
  {
    name: "hide",
    label: "Hide what is created",
    fields: [{ label: "Reads", initial: "2", isNumber: true }],
    toFault: (reads) => ({ hide: { reads: Number(reads) } }),
  },
  {
    name: "outOfBand",
    label: "Edit the row behind the client's back",
    fields: [{ label: "New status", initial: "error", options: STATUSES.map(({ name }) => name) }],
    toFault: (status) => ({ outOfBand: { set: { status } } }),
  },
];
