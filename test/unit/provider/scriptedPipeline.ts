import { type GraphRequest, TransportFailure } from "../../../provider/src/graph/middleware";
import { graphPipeline } from "../../../provider/src/graph/pipeline";
import type { GetToken } from "../../../provider/src/graph/signIn/tokenSource";
import { drainable } from "../../../provider/src/graph/steps/drainable";

export type Step = { status: number; headers?: Record<string, string>; body?: string } | TransportFailure;

/** The pipeline over a script of answers, with a clock that only moves when somebody sleeps. */
export function scripted(
  script: readonly Step[],
  onWait: () => void = () => undefined,
  getToken: GetToken = () => Promise.resolve("token"),
) {
  const sent: GraphRequest[] = [];
  const waits: number[] = [];
  let now = 0;
  let ids = 0;
  const drain = drainable();
  const send = graphPipeline({
    clock: {
      now: () => now,
      random: () => 0.5,
      sleep: (ms, signal) => {
        waits.push(ms);
        onWait();
        now += ms;
        return signal.aborted ? Promise.reject(new Error("aborted")) : Promise.resolve();
      },
    },
    getToken,
    newId: () => `id-${String(++ids)}`,
    userAgent: "agent/1",
    drain,
    send: (request) => {
      const step = script[sent.length];
      sent.push(request);
      if (step === undefined) throw new Error("more requests than the script has answers");
      if (step instanceof TransportFailure) return Promise.reject(step);
      return Promise.resolve({ headers: {}, body: "", attempts: 1, ...step });
    },
  });
  return { send, sent, waits, drain };
}

export const request = (more: Partial<GraphRequest> = {}): GraphRequest => ({
  method: "GET",
  url: "http://127.0.0.1:1/beta/deviceManagement/deviceCompliancePolicies/p/deviceStatuses/s",
  headers: {},
  operation: "read DeviceComplianceDeviceStatus",
  resource: "DeviceComplianceDeviceStatus",
  permission: "DeviceManagementConfiguration.Read.All",
  identityValues: [],
  startedMs: 0,
  deadlineMs: 60_000,
  ...more,
});
export const failure = async (promise: Promise<unknown>): Promise<Error> => {
  const error: unknown = await promise.catch((error: unknown) => error);
  if (!(error instanceof Error)) throw new Error("no error was thrown");
  return error;
};
