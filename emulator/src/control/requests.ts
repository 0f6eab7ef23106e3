import { jsonAnswer } from "../http/exchange";
import { countMatches, readAssertion } from "../journal/requestAssertion";
import { toHar } from "../journal/har";
import { MAX_POLL_WAIT_MS } from "../limits";
import { jsonBodyOf, noContent, refuse, wholeOf } from "./controlAnswer";
import type { ControlHandler } from "./controlAnswer";

/** With `waitMs` it answers once there is an entry beyond `after`, or with none when the time is over (long poll). */
const list: ControlHandler = async ({ journal, closing }, request) => {
  const after = wholeOf(request, "after", -1) ?? -1;
  const limit = wholeOf(request, "limit", 1) ?? Infinity;
  const waitMs = wholeOf(request, "waitMs", 0, MAX_POLL_WAIT_MS) ?? 0;
  if (waitMs > 0) await journal.waitBeyond(after, AbortSignal.any([closing, AbortSignal.timeout(waitMs)]));
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
