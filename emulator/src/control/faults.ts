import { jsonAnswer } from "../http/exchange";
import { jsonBodyOf, noContent } from "./controlAnswer";
import type { ControlHandler } from "./controlAnswer";
import { readFaultRule } from "./faultRule";

const list: ControlHandler = ({ faults }) => jsonAnswer(200, { seed: faults.seed, value: faults.list() });

const add: ControlHandler = ({ faults }, request) => {
  const rule = readFaultRule(jsonBodyOf(request));
  faults.add(rule);
  return jsonAnswer(201, rule);
};

/** With the rules goes what they still hide. */
const clear: ControlHandler = ({ faults, visibility }) => {
  faults.clear();
  visibility.clear();
  return noContent;
};

export const FAULT_ROUTES = { "/_emulator/faults": { GET: list, POST: add, DELETE: clear } };
