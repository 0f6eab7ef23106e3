import { connect } from "node:net";

const POLL_MS = 250;
const CONNECT_TIMEOUT_MS = 2_000;
/** One refusal may be a hiccup of the machine; the engine listens as long as it lives. */
const REFUSALS_THAT_MEAN_GONE = 2;

export interface EngineWatch {
  /** `host:port` at which the engine listens: the first argument of the provider process. */
  readonly engineAddress: string | undefined;
  readonly whenGone: () => void;
}

/**
 * Notice that the engine is gone. A killed engine leaves the provider process behind (its parent is a shell script that
 * waits for it), which would go on creating what no state records. Source: seen with the CLI 3.259 and a `kill -9`.
 *
 * Watched is the engine's own port, once it has answered; a driver without an engine is no engine that has gone.
 */
export function watchEngine({ engineAddress, whenGone }: EngineWatch): void {
  const [, host, port] = /^(.+):(\d+)$/.exec(engineAddress ?? "") ?? [];
  if (host === undefined || port === undefined) return;
  let refusals = 0;
  let hasAnswered = false;
  const poll = async (): Promise<void> => {
    const answers = await listens(host, Number(port));
    hasAnswered ||= answers;
    if (!hasAnswered) return;
    refusals = answers ? 0 : refusals + 1;
    if (refusals >= REFUSALS_THAT_MEAN_GONE) whenGone();
    else setTimeout(() => void poll(), POLL_MS).unref();
  };
  void poll();
}

function listens(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: CONNECT_TIMEOUT_MS });
    const settle = (answers: boolean): void => {
      socket.destroy();
      resolve(answers);
    };
    socket.once("connect", () => {
      settle(true);
    });
    socket.once("error", () => {
      settle(false);
    });
    // Too busy to answer is not gone.
    socket.once("timeout", () => {
      settle(true);
    });
  });
}
