import { jsonAnswer } from "../http/exchange";
import { InputError } from "../inputError";
import { only } from "../assertInput";
import { jsonBodyOf } from "./controlAnswer";
import type { ControlHandler } from "./controlAnswer";

const show: ControlHandler = ({ timeTravel }) => jsonAnswer(200, timeTravel.now());

const move: ControlHandler = async ({ timeTravel }, request) => {
  const { advance, dateTime } = only("The body", jsonBodyOf(request), ["advance", "dateTime"]);
  if (typeof advance === "string" && dateTime === undefined) return jsonAnswer(200, await timeTravel.advance(advance));
  if (typeof dateTime === "string" && advance === undefined) return jsonAnswer(200, await timeTravel.set(dateTime));
  throw new InputError('The body must be {"advance": "PT36H"} or {"dateTime": "2026-01-02T03:04:05Z"}.');
};

const reset: ControlHandler = ({ timeTravel }) => jsonAnswer(200, timeTravel.reset());

export const CLOCK_ROUTES = { "/_emulator/clock": { GET: show, POST: move, DELETE: reset } };
