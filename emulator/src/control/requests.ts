import { jsonAnswer } from "../http/exchange";
import { countMatches, readAssertion } from "../journal/requestAssertion";
import { toHar } from "../journal/har";
import { jsonBodyOf, noContent, refuse, wholeOf } from "./controlAnswer";
import type { ControlHandler } from "./controlAnswer";

const list: ControlHandler = ({ journal }, request) => {
  const after = wholeOf(request, "after", -1) ?? -1;
  const limit = wholeOf(request, "limit", 1) ?? Infinity;
  return jsonAnswer(200, { value: journal.entries({ after, limit }) });
};

const clear: ControlHandler = ({ journal }) => {
  journal.clear();
  return noContent;
};

const exportHar: ControlHandler = ({ journal }) => jsonAnswer(200, toHar(journal));

const assert: ControlHandler = ({ journal }, request) => {
  const { matched, failure } = countMatches(journal.entries(), readAssertion(jsonBodyOf(request)));
  return failure === undefined ? jsonAnswer(200, { matched }) : refuse(422, "AssertionFailed", failure);
};

export const REQUEST_ROUTES = {
  "/_emulator/requests": { GET: list, DELETE: clear },
  "/_emulator/requests.har": { GET: exportHar },
  "/_emulator/requests/assert": { POST: assert },
};
