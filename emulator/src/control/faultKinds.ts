import { InputError } from "../inputError";
import { MAX_DELAY_MS, MAX_REQUEST_BODY_BYTES, MAX_RETRY_AFTER_SECONDS } from "../limits";
import { DEVICE_STATUSES } from "../model/collections";
import { misfit } from "../model/misfit";
import { isJsonObject } from "../model/json";
import type { JsonObject } from "../model/json";
import { RETRY_AFTER_FORMS } from "../world/fault";
import type { Fault } from "../world/fault";
import { assertNumber, assertWhole, only } from "../assertInput";

interface Kind {
  /** Properties that may stand beside the one that names the kind. */
  readonly also: readonly string[];
  readonly read: (fault: JsonObject) => Fault;
}

const KINDS: Readonly<Record<string, Kind>> = {
  status: { also: ["headers", "body", "commit"], read: readStatus },
  throttle: { also: [], read: readThrottle },
  delayMs: { also: [], read: readDelay },
  drop: { also: [], read: readDrop },
  truncateAfterBytes: { also: ["keepConnection"], read: readTruncate },
  contentType: { also: ["text"], read: readContentType },
  hide: { also: [], read: readHide },
  outOfBand: { also: [], read: readOutOfBand },
};
const NAMES = Object.keys(KINDS);

/** @throws {InputError} */
export function readFault(value: unknown): Fault {
  const all = [...NAMES, ...NAMES.flatMap((name) => KINDS[name]?.also ?? [])];
  const fault = only("fault", value, all);
  const [name = "", ...others] = NAMES.filter((candidate) => Object.hasOwn(fault, candidate));
  const kind = KINDS[name];
  if (kind === undefined || others.length > 0)
    throw new InputError(`fault must have exactly one of ${NAMES.join(", ")}`);
  const stray = Object.keys(fault).find((property) => property !== name && !kind.also.includes(property));
  if (stray !== undefined) {
    throw new InputError(
      `fault.${stray} needs fault.${NAMES.find((other) => KINDS[other]?.also.includes(stray)) ?? ""}`,
    );
  }
  return kind.read(fault);
}

function readStatus({ status, headers, body, commit }: JsonObject): Fault {
  assertWhole("fault.status", status, 200, 599);
  return {
    status,
    ...(headers === undefined ? {} : { headers: readHeaders(headers) }),
    ...(body === undefined ? {} : { body }),
    ...optionalBoolean("commit", commit),
  };
}

function readHeaders(value: unknown): Record<string, string> {
  if (!isJsonObject(value)) throw new InputError("fault.headers must be an object");
  return Object.fromEntries(
    Object.entries(value).map(([name, text]) => {
      // Token of RFC 9110 section 5.6.2; Node would throw on others while answering.
      if (!/^[!#$%&'*+\-.^_`|~\w]+$/.test(name) || !isFieldValue(text)) {
        throw new InputError(`fault.headers: '${name}' is not a header with a text value`);
      }
      return [name, text];
    }),
  );
}

function readThrottle({ throttle }: JsonObject): Fault {
  const { form, retryAfterSeconds, status } = only("fault.throttle", throttle, ["form", "retryAfterSeconds", "status"]);
  const known = RETRY_AFTER_FORMS.find((candidate) => candidate === form);
  if (known === undefined) throw new InputError(`fault.throttle.form must be one of ${RETRY_AFTER_FORMS.join(", ")}`);
  if (retryAfterSeconds !== undefined) {
    assertNumber("fault.throttle.retryAfterSeconds", retryAfterSeconds, 0, MAX_RETRY_AFTER_SECONDS);
  }
  if (status !== undefined && status !== 429 && status !== 503) {
    throw new InputError("fault.throttle.status must be 429 or 503");
  }
  return {
    throttle: {
      form: known,
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
      ...(status === undefined ? {} : { status }),
    },
  };
}

function readDelay({ delayMs }: JsonObject): Fault {
  if (!isJsonObject(delayMs)) {
    assertWhole("fault.delayMs", delayMs, 0, MAX_DELAY_MS);
    return { delayMs };
  }
  const { from, to } = only("fault.delayMs", delayMs, ["from", "to"]);
  assertWhole("fault.delayMs.from", from, 0, MAX_DELAY_MS);
  assertWhole("fault.delayMs.to", to, from, MAX_DELAY_MS);
  return { delayMs: { from, to } };
}

function readDrop({ drop }: JsonObject): Fault {
  if (drop === "beforeCommit" || drop === "afterCommit") return { drop };
  throw new InputError("fault.drop must be beforeCommit or afterCommit");
}

function readTruncate({ truncateAfterBytes, keepConnection }: JsonObject): Fault {
  assertWhole("fault.truncateAfterBytes", truncateAfterBytes, 0, MAX_REQUEST_BODY_BYTES);
  return { truncateAfterBytes, ...optionalBoolean("keepConnection", keepConnection) };
}

function readContentType({ contentType, text }: JsonObject): Fault {
  if (!isFieldValue(contentType) || contentType === "") {
    throw new InputError("fault.contentType must be a media type such as text/html");
  }
  if (text !== undefined && typeof text !== "string") throw new InputError("fault.text must be a string");
  return { contentType, ...(text === undefined ? {} : { text }) };
}

function readHide({ hide }: JsonObject): Fault {
  const { reads, seconds } = only("fault.hide", hide, ["reads", "seconds"]);
  if ((reads === undefined) === (seconds === undefined)) {
    throw new InputError("fault.hide must have either reads or seconds");
  }
  if (seconds !== undefined) {
    assertNumber("fault.hide.seconds", seconds, 0, Number.MAX_SAFE_INTEGER);
    return { hide: { seconds } };
  }
  assertWhole("fault.hide.reads", reads, 1, Number.MAX_SAFE_INTEGER);
  return { hide: { reads } };
}

function readOutOfBand({ outOfBand }: JsonObject): Fault {
  const { id, set, delete: isDelete } = only("fault.outOfBand", outOfBand, ["id", "set", "delete"]);
  if (id !== undefined && typeof id !== "string") throw new InputError("fault.outOfBand.id must be a string");
  const target = id === undefined ? {} : { id };
  if (isDelete === true && set === undefined) return { outOfBand: { delete: true, ...target } };
  if (isDelete !== undefined || !isJsonObject(set) || Object.keys(set).length === 0) {
    throw new InputError('fault.outOfBand must have either "delete": true or "set", an object of properties');
  }
  if (Object.hasOwn(set, "id")) throw new InputError("fault.outOfBand.set.id cannot be set: it is the key");
  for (const [name, value] of Object.entries(set)) {
    // Names that all entities of the status family share; what only another type has is taken as it is.
    const property = Object.hasOwn(DEVICE_STATUSES.type.properties, name)
      ? DEVICE_STATUSES.type.properties[name]
      : undefined;
    const reason = property === undefined ? undefined : misfit(property, value, "beta");
    if (reason !== undefined) throw new InputError(`fault.outOfBand.set.${name} ${reason}`);
  }
  return { outOfBand: { set, ...target } };
}

function optionalBoolean<Name extends string>(name: Name, value: unknown): Partial<Record<Name, boolean>> {
  if (value === undefined) return {};
  if (typeof value !== "boolean") throw new InputError(`fault.${name} must be true or false`);
  return { [name]: value } as Record<Name, boolean>;
}

/** Printable text: RFC 9110 section 5.5. */
function isFieldValue(value: unknown): value is string {
  return typeof value === "string" && /^[\t\x20-\x7e]*$/.test(value);
}
