import { jsonAnswer } from "../http/exchange";
import { InputError } from "../inputError";
import { isJsonObject } from "../model/json";
import { PROFILES } from "../options";
import { jsonBodyOf } from "./controlAnswer";
import type { ControlHandler } from "./controlAnswer";

const setProfile: ControlHandler = (emulation, request) => {
  const body = jsonBodyOf(request);
  const wanted = isJsonObject(body) && Object.keys(body).length === 1 ? body["profile"] : undefined;
  const profile = PROFILES.find((candidate) => candidate === wanted);
  if (profile === undefined)
    throw new InputError(`The body must be {"profile": ${PROFILES.map((name) => `"${name}"`).join(" | ")}}.`);
  emulation.profile = profile;
  return jsonAnswer(200, { profile });
};

export const PROFILE_ROUTES = { "/_emulator/profile": { PUT: setProfile } };
