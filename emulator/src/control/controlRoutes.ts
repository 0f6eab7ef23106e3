import type { Emulation } from "../emulation";
import { jsonAnswer } from "../http/exchange";
import type { Answer, EmulatorRequest } from "../http/exchange";
import { isJsonObject, parseJson } from "../model/json";
import { PROFILES } from "../options";
import { FaultRuleError, readFaultRule } from "./faultRule";

type ControlHandler = (emulation: Emulation, request: EmulatorRequest) => Answer | Promise<Answer>;

/** The emulator's own paths, for whoever runs it as a process of its own: the same things the Emulator object offers. */
const CONTROL_ROUTES: Readonly<Record<string, Readonly<Record<string, ControlHandler>>>> = {
  "/healthz": { GET: ({ profile }) => jsonAnswer(200, { status: "ok", profile }) },
  "/_emulator/requests": {
    GET: ({ journal }) => jsonAnswer(200, { value: journal.entries() }),
    DELETE: ({ journal }) => {
      journal.clear();
      return { status: 204, headers: {} };
    },
  },
  "/_emulator/faults": {
    POST: addFault,
    DELETE: ({ faults }) => {
      faults.clear();
      return { status: 204, headers: {} };
    },
  },
  "/_emulator/profile": { PUT: setProfile },
};

/** The answer to a request on the emulator's own paths; undefined when the path is none of them. */
export function answerControl(
  request: EmulatorRequest,
  path: string,
  emulation: Emulation,
): Answer | Promise<Answer> | undefined {
  const verbs = Object.hasOwn(CONTROL_ROUTES, path) ? CONTROL_ROUTES[path] : undefined;
  if (verbs === undefined)
    return path.startsWith("/_emulator/") ? refuse(404, "UnknownRoute", `No route ${path}.`) : undefined;
  const handler = Object.hasOwn(verbs, request.method) ? verbs[request.method] : undefined;
  if (handler !== undefined) return handler(emulation, request);
  const allowed = Object.keys(verbs).join(", ");
  return refuse(405, "MethodNotAllowed", `${path} serves ${allowed}, not ${request.method}.`, { Allow: allowed });
}

function addFault({ faults }: Emulation, request: EmulatorRequest): Answer {
  try {
    const rule = readFaultRule(bodyOf(request));
    faults.add(rule);
    return jsonAnswer(201, rule);
  } catch (error) {
    if (error instanceof FaultRuleError) return refuse(400, "BadRequest", error.message);
    throw error;
  }
}

function setProfile(emulation: Emulation, request: EmulatorRequest): Answer {
  const body = bodyOf(request);
  const wanted = isJsonObject(body) && Object.keys(body).length === 1 ? body["profile"] : undefined;
  const profile = PROFILES.find((candidate) => candidate === wanted);
  if (profile === undefined)
    return refuse(
      400,
      "BadRequest",
      `The body must be {"profile": ${PROFILES.map((name) => `"${name}"`).join(" | ")}}.`,
    );
  emulation.profile = profile;
  return jsonAnswer(200, { profile });
}

/** JSON only with its content type: a web page of another origin cannot send that without being asked first (Fetch standard, CORS preflight). */
function bodyOf({ body, headers }: EmulatorRequest): unknown {
  const isJson = headers["content-type"]?.toLowerCase().startsWith("application/json") === true;
  return isJson && body !== undefined ? parseJson(body) : undefined;
}

function refuse(status: number, code: string, message: string, headers: Record<string, string> = {}): Answer {
  return jsonAnswer(status, { error: { code, message } }, headers);
}
