import { compose, type Middleware, type Send } from "./middleware";
import { bearerToken } from "./steps/bearerToken";
import { clientRequestId } from "./steps/clientRequestId";
import { commonHeaders } from "./steps/commonHeaders";
import type { Drain } from "./steps/drainable";
import { explain } from "./steps/explain";
import { observe } from "./steps/observe";
import { type Clock, retry } from "./steps/retry";
import type { GetToken } from "./signIn/tokenSource";

export interface PipelineParts {
  readonly clock: Clock;
  readonly getToken: GetToken;
  readonly newId: () => string;
  readonly userAgent: string;
  readonly drain: Drain;
  readonly send: Send;
}

/** The order in which a request passes the steps, outermost first. Reading this list is reading the client. */
const steps = (parts: PipelineParts): readonly Middleware[] => [
  explain(),
  retry(parts.clock),
  bearerToken(parts.getToken),
  clientRequestId(parts.newId),
  commonHeaders(parts.userAgent),
  observe(() => parts.clock.now()),
  parts.drain.step,
];

export const graphPipeline = (parts: PipelineParts): Send => compose(steps(parts), parts.send);
