import { DEFAULT_APP } from "../../emulator/src/registeredApps";
import { startEmulator } from "intune-emulator";
import type { Emulator } from "intune-emulator";
import { at, createPolicy, GraphClient, POLICIES } from "../unit/emulator/support/graphClient";

const OTHER = { ...DEFAULT_APP, clientId: "e0000000-0000-4000-8000-00000000000f" };
const WINDOW_MS = 1_000;
let emulator: Emulator;
let client: GraphClient;

beforeEach(async () => {
  emulator = await startEmulator({ quota: true, quotaTimeScale: WINDOW_MS / 20_000, apps: [DEFAULT_APP, OTHER] });
  client = await GraphClient.of(emulator);
});
afterEach(async () => {
  await client.close();
  await emulator.close();
});

const remove = () => client.call("DELETE", `${POLICIES}/none`);
/** The writes of a window, in batches, whose requests count singly. */
async function useUpWrites(): Promise<number[]> {
  const item = (_: unknown, index: number) => ({
    id: String(index),
    method: "DELETE",
    url: "/deviceManagement/deviceCompliancePolicies/none",
  });
  const answers = await Promise.all(
    Array.from({ length: 5 }, () =>
      client.call("POST", "/beta/$batch", { requests: Array.from({ length: 20 }, item) }),
    ),
  );
  return answers.flatMap(({ body }) =>
    (at(body, "responses") as object[]).map((one) => Number(at(one as never, "status"))),
  );
}

test("100 writes pass, the 101st is 429 with the time to wait, after which it passes", async () => {
  expect(new Set(await useUpWrites())).toEqual(new Set([404]));
  const refused = await remove();
  expect([refused.status, at(refused.body, "error", "code")]).toEqual([429, "TooManyRequests"]);
  const seconds = Number(refused.headers["retry-after"]);
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(WINDOW_MS / 1000);
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000 + 1));
  expect((await remove()).status).toBe(404);
});

test("reads are not writes, and another application has a quota of its own", async () => {
  await useUpWrites();
  expect((await client.call("GET", POLICIES)).status).toBe(200);
  const other = await GraphClient.of({
    graphEndpoint: emulator.graphEndpoint,
    authority: emulator.authority,
    app: OTHER,
  });
  expect((await other.call("DELETE", `${POLICIES}/none`)).status).toBe(404);
  await other.close();
});

test("without the option nothing is throttled", async () => {
  const free = await startEmulator();
  const own = await GraphClient.of(free);
  await createPolicy(own);
  const answers = await Promise.all(Array.from({ length: 120 }, () => own.call("DELETE", `${POLICIES}/none`)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]));
  await own.close();
  await free.close();
});
