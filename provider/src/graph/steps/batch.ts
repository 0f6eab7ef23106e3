import { type BatchAnswer, readBatchAnswer } from "../batchAnswer";
import { batchId, isBatchable, MAX_BATCH_ITEMS, splitIntoBatches, toBatchRequest } from "../batchRequest";
import { type GraphRequest, type GraphResponse, type Middleware, type Send, TransportFailure } from "../middleware";
import { publishBatch } from "../telemetry";

export interface BatchOptions {
  /** Origin and base path of Graph, without trailing slash. */
  readonly graphEndpoint: string;
  readonly newId: () => string;
  readonly clock: { now(): number; sleep(ms: number): Promise<unknown> };
}

interface Waiting {
  readonly request: GraphRequest;
  readonly resolve: (response: GraphResponse) => void;
  readonly reject: (error: unknown) => void;
}

/** So long a request waits for others: the engine's concurrent calls arrive within it, and no person notices it. */
const BATCH_WINDOW_MS = 5;
/** An operation in its last seconds goes alone, since its deadline would cut the whole batch short. */
const URGENT_MS = 2_000;

/**
 * Requests that go out at the same time become one `$batch`; one that goes out alone stays a plain request. To its
 * caller each request is answered, refused or lost as if it had gone alone.
 */
export function batch(options: BatchOptions): Middleware {
  const { graphEndpoint, clock } = options;
  return (next) => {
    let waiting: Waiting[] = [];
    let isServed = true;
    const flush = (): void => {
      const flushed = waiting;
      waiting = [];
      for (const members of splitIntoBatches(graphEndpoint, flushed)) {
        void sendTogether(next, members, options).then((served) => (isServed &&= served));
      }
    };
    return (request) => {
      const isUrgent = request.deadlineMs - clock.now() < URGENT_MS;
      if (!isServed || isUrgent || !isBatchable(graphEndpoint, request)) return next(request);
      return new Promise((resolve, reject) => {
        waiting.push({ request, resolve, reject });
        const mine = waiting;
        if (mine.length >= MAX_BATCH_ITEMS) flush();
        else if (mine.length === 1)
          void clock.sleep(BATCH_WINDOW_MS).then(() => {
            // Unless it has become full and gone in the meantime.
            if (waiting === mine) flush();
          });
      });
    };
  };
}

/** Send and settle each; false if the service serves no batches. */
async function sendTogether(next: Send, members: readonly Waiting[], options: BatchOptions): Promise<boolean> {
  const [first, ...others] = members;
  if (first === undefined) return true;
  if (others.length === 0) return sendAlone(next, members);
  try {
    const answer = await exchange(next, [first.request, ...others.map(({ request }) => request)], options);
    if (answer.kind === "refused") {
      sendAlone(next, members);
      return answer.isServed;
    }
    for (const [index, member] of members.entries()) {
      const own = answer.answers[index] ?? "lost";
      if (own === "lost") member.reject(new TransportFailure(MISSING, true, SEE_SERVICE, undefined));
      else member.resolve(own);
    }
  } catch (error) {
    // One failure for each: each operation counts its own attempts.
    for (const { reject } of members) reject(error instanceof TransportFailure ? copyOf(error) : error);
  }
  return true;
}

const MISSING = "the answer to its $batch does not hold it";
const SEE_SERVICE = "see whether the service is well, or set intune:batch to off";

function sendAlone(next: Send, members: readonly Waiting[]): true {
  for (const { request, resolve, reject } of members) next(request).then(resolve, reject);
  return true;
}

async function exchange(
  next: Send,
  requests: readonly [GraphRequest, ...GraphRequest[]],
  { graphEndpoint, newId, clock }: BatchOptions,
): Promise<BatchAnswer> {
  const clientRequestId = newId();
  const startedMs = clock.now();
  const publish = (response: GraphResponse | undefined, failure: string | undefined): void => {
    publishBatch(() => ({
      items: requests.length,
      durationMs: clock.now() - startedMs,
      status: response?.status,
      failure,
      clientRequestId,
      requestId: response?.headers["request-id"],
    }));
  };
  try {
    const response = await next(toBatchRequest(graphEndpoint, requests, clientRequestId));
    publish(response, undefined);
    const ids = requests.map((_, index) => batchId(index));
    return readBatchAnswer(ids, withheld(response, requests), clock.now());
  } catch (error) {
    publish(undefined, error instanceof TransportFailure ? error.reason : "not sent");
    throw error;
  }
}

/** A refusal of the whole reaches each request of it, and may repeat the identity values of any. */
function withheld(response: GraphResponse, requests: readonly GraphRequest[]): GraphResponse {
  if (response.status < 400) return response;
  const values = requests.flatMap(({ identityValues }) => identityValues);
  return { ...response, body: values.reduce((text, value) => text.replaceAll(value, "[withheld]"), response.body) };
}

const copyOf = ({ reason, mayHaveArrived, whatToDo, cause }: TransportFailure): TransportFailure =>
  new TransportFailure(reason, mayHaveArrived, whatToDo, cause);
