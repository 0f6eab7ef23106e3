import type { Emulation } from "../emulation";
import { jsonAnswer } from "../http/exchange";
import type { Answer, EmulatorRequest } from "../http/exchange";
import { InputError } from "../inputError";
import { MAX_CONTROL_BODY_BYTES } from "../limits";
import { parseJson } from "../model/jsonText";
import { reasonOf } from "../thrown";
import type { World } from "../world/world";
import { assertWhole } from "../assertInput";

export type ControlHandler = (emulation: Emulation, request: EmulatorRequest) => Answer | Promise<Answer>;

/** A control request that ends in an error answer of this status. */
export class ControlError extends Error {
  override readonly name = "ControlError";
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** JSON only with its content type: a web page of another origin cannot send that without being asked first (Fetch standard, CORS preflight). */
export function jsonBodyOf(request: EmulatorRequest): unknown {
  if (mediaTypeOf(request) !== "application/json") {
    throw new ControlError(415, "UnsupportedMediaType", "The Content-Type must be application/json.");
  }
  const value = parseJson(bytesOf(request));
  if (value === undefined) throw new ControlError(400, "BadRequest", "The body is not valid JSON.");
  return value;
}

export function bytesOf({ body }: EmulatorRequest): Buffer {
  if (body !== undefined) return body;
  const text = `The body is larger than ${MAX_CONTROL_BODY_BYTES} bytes.`;
  throw new ControlError(413, "RequestEntityTooLarge", text);
}

export function mediaTypeOf({ headers }: EmulatorRequest): string {
  return (headers["content-type"] ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
}

/** The tenant a `tenantId` in the query names; the first application's without one. */
export function tenantOf(
  { settings, tenants }: Emulation,
  request: EmulatorRequest,
): { tenantId: string; world: World } {
  const tenantId = new URLSearchParams(request.query).get("tenantId") ?? settings.app.tenantId;
  const world = tenants.find(tenantId);
  if (world !== undefined) return { tenantId: tenantId.toLowerCase(), world };
  const text = `There is no tenant '${tenantId}'; there is ${tenants.ids().join(", ")}.`;
  throw new ControlError(404, "UnknownTenant", text);
}

/** A whole number from the query. @throws {InputError} */
export function wholeOf(
  { query }: EmulatorRequest,
  name: string,
  min: number,
  max = Number.MAX_SAFE_INTEGER,
): number | undefined {
  const text = new URLSearchParams(query).get(name);
  if (text === null) return undefined;
  const value = /^-?\d{1,15}$/.test(text) ? Number(text) : NaN;
  assertWhole(name, value, min, max);
  return value;
}

export const noContent: Answer = { status: 204, headers: {} };

export function refuse(status: number, code: string, message: string, headers: Record<string, string> = {}): Answer {
  return jsonAnswer(status, { error: { code, message } }, headers);
}

/** The answer to what a handler threw: what is no fault of the request, such as a disk that is full, is a 500 that says why. */
export function refuseThrown(error: unknown): Answer {
  if (error instanceof ControlError) return refuse(error.status, error.code, error.message);
  if (error instanceof InputError) return refuse(400, "BadRequest", error.message);
  return refuse(500, "InternalError", `The emulator failed: ${reasonOf(error)}`);
}
