import type { IncomingMessage, ServerResponse } from "node:http";
import { isPromise } from "../isPromise";
import type { Dispatch, Outcome } from "./exchange";
import { readBody, sendAnswer, toRequest } from "./message";
import type { Outbox } from "./outbox";

/** Never throws. Calls `end` once, when nothing is left to do for this request. */
export function handle(
  incoming: IncomingMessage,
  response: ServerResponse,
  dispatch: Dispatch,
  outbox: Outbox,
  end: () => void,
): void {
  // Kept, because a request whose connection is gone has none any more.
  const { socket } = incoming;
  // The sender went away in the middle of its body, or the answer could not be written: there is nobody left to tell.
  const giveUp = (): void => {
    socket.destroy();
    end();
  };
  const onOutcome = (outcome: Outcome): void => {
    if (outcome === "dropped") {
      giveUp();
      return;
    }
    outbox.add(() => {
      try {
        sendAnswer(response, outcome);
      } catch {
        socket.destroy();
      }
      end();
    });
  };
  const onBody = (body: Buffer | undefined): void => {
    try {
      const outcome = dispatch(toRequest(incoming, body));
      if (isPromise(outcome)) outcome.then(onOutcome, giveUp);
      else onOutcome(outcome);
    } catch {
      giveUp();
    }
  };
  readBody(incoming, onBody, giveUp);
}
