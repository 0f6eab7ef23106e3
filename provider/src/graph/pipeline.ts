import { compose, type Middleware, type Send } from "./middleware";
import type { Quota } from "./quota";
import { batch, type BatchOptions } from "./steps/batch";
import { bearerToken } from "./steps/bearerToken";
import { clientRequestId } from "./steps/clientRequestId";
import { commonHeaders } from "./steps/commonHeaders";
import type { Drain } from "./steps/drainable";
import { explain } from "./steps/explain";
import { observe } from "./steps/observe";
import { redirect } from "./steps/redirect";
import { type Clock, retry } from "./steps/retry";
import type { GetToken } from "./signIn/tokenSource";
import { withinQuota } from "./steps/withinQuota";

export interface PipelineParts {
  readonly clock: Clock;
  readonly getToken: GetToken;
  readonly newId: () => string;
  readonly userAgent: string;
  readonly drain: Drain;
  /** Absent: requests go out as fast as they come. */
  readonly quota?: Quota | undefined;
  /** Absent: each request goes alone. */
  readonly batch?: BatchOptions | undefined;
  readonly send: Send;
}

/** The order in which a request passes the steps, outermost first. Reading this list is reading the client. */
const steps = (parts: PipelineParts): readonly Middleware[] => [
  explain(() => parts.clock.now()),
  retry(parts.clock, parts.drain.signal),
  ...(parts.quota === undefined ? [] : [withinQuota(parts.quota, parts.drain.signal)]),
  bearerToken(parts.getToken),
  clientRequestId(parts.newId),
  commonHeaders(parts.userAgent),
  observe(() => parts.clock.now()),
  parts.drain.step,
  ...(parts.batch === undefined ? [] : [batch(parts.batch)]),
  redirect(),
];

export const graphPipeline = (parts: PipelineParts): Send => compose(steps(parts), parts.send);
