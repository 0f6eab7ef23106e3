import { startEmulator } from "intune-emulator";
import type { Emulator } from "intune-emulator";
import { type Pointing, runClientProgram } from "../support/clientProgram";

/** Kiota, the runtime of @microsoft/msgraph-sdk, in a process of its own: its packages are ES modules. */
const OUTCOME = { paged: ["renamed", "three"], filtered: ["three"], missing: 404, isDate: true };
let emulator: Emulator;

beforeEach(async () => {
  emulator = await startEmulator({ https: true });
});
afterEach(() => emulator.close());

const graphRequests = () => emulator.journal.entries().filter(({ path }) => path.startsWith("/beta/"));

test.each<Pointing>(["address", "proxy"])(
  "pointed by %s: create, patch, delete, pages, a filter, a missing policy",
  async (pointing) => {
    expect(await runClientProgram("kiotaClient", emulator, { pointing })).toEqual(OUTCOME);
    expect(graphRequests().map(({ method, status }) => `${method} ${String(status)}`)).toEqual([
      ...Array<string>(3).fill("POST 201"),
      "PATCH 200",
      "DELETE 204",
      ...Array<string>(3).fill("GET 200"),
      "GET 404",
    ]);
  },
);

test("its RetryHandler waits as long as Retry-After says, and a write is carried out once", async () => {
  const fault = { status: 429, headers: { "Retry-After": "1" } };
  emulator.faults.add({ match: { method: "POST", path: "/beta/**" }, times: 2, fault });
  expect(await runClientProgram("kiotaClient", emulator, { pointing: "address" })).toEqual(OUTCOME);
  const posts = graphRequests().filter(({ method }) => method === "POST");
  expect(posts.map(({ status }) => status)).toEqual([429, 429, 201, 201, 201]);
  const [first = 0, second = 0, third = 0] = posts.map(({ receivedDateTime }) => Date.parse(receivedDateTime));
  // Its own wait without a Retry-After is 3 s and more (RetryHandlerOptions.DEFAULT_DELAY).
  for (const waitedMs of [second - first, third - second]) {
    expect(waitedMs).toBeGreaterThanOrEqual(990);
    expect(waitedMs).toBeLessThan(2_900);
  }
});
