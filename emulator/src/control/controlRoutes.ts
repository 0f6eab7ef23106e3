import type { Emulation } from "../emulation";
import { isOwnPath, jsonAnswer } from "../http/exchange";
import type { Answer, EmulatorRequest } from "../http/exchange";
import { CLOCK_ROUTES } from "./clock";
import { refuse, refuseThrown } from "./controlAnswer";
import type { ControlHandler } from "./controlAnswer";
import { DEVICE_STATUS_ROUTES } from "./deviceStatuses";
import { FAULT_ROUTES } from "./faults";
import { INFO_ROUTES } from "./info";
import { PAGE_ROUTES } from "./page";
import { PROFILE_ROUTES } from "./profile";
import { REQUEST_ROUTES } from "./requests";
import { STATE_ROUTES } from "./state";

/** The emulator's own paths, for whoever runs it as a process of its own: the same things the Emulator object offers. */
const CONTROL_ROUTES: Readonly<Record<string, Readonly<Record<string, ControlHandler>>>> = {
  "/healthz": { GET: ({ profile }) => jsonAnswer(200, { status: "ok", profile }) },
  ...PAGE_ROUTES,
  ...INFO_ROUTES,
  ...DEVICE_STATUS_ROUTES,
  ...REQUEST_ROUTES,
  ...FAULT_ROUTES,
  ...CLOCK_ROUTES,
  ...STATE_ROUTES,
  ...PROFILE_ROUTES,
};

/** The answer to a request on the emulator's own paths; undefined when the path is none of them. */
export function answerControl(
  request: EmulatorRequest,
  path: string,
  emulation: Emulation,
): Answer | Promise<Answer> | undefined {
  if (!isOwnPath(path) && path !== "/healthz") return undefined;
  const verbs = Object.hasOwn(CONTROL_ROUTES, path) ? CONTROL_ROUTES[path] : undefined;
  if (verbs === undefined) return refuse(404, "UnknownRoute", `No route ${path}.`);
  const handler = Object.hasOwn(verbs, request.method) ? verbs[request.method] : undefined;
  if (handler !== undefined) return answer(handler, emulation, request);
  const allowed = Object.keys(verbs).join(", ");
  return refuse(405, "MethodNotAllowed", `${path} serves ${allowed}, not ${request.method}.`, { Allow: allowed });
}

async function answer(handler: ControlHandler, emulation: Emulation, request: EmulatorRequest): Promise<Answer> {
  try {
    return await handler(emulation, request);
  } catch (error) {
    return refuseThrown(error);
  }
}
