import { type Figure, type Group, median } from "./bench";
import { fillTenant } from "./filledTenant";
import { type Load, requestsPerSecond } from "./load";
import { EMULATOR, NODE_HTTP, type ServerProcess, startServer } from "./serverProcess";

/** Odd, and enough for a median on a machine whose speed swings by half within minutes. */
const ROUNDS = 9;
const SECONDS = 3;

/** Requests a second for one row read and one row made, as a share of what a bare node:http server does in the same minute. */
export const throughput: Group = {
  name: "emulator-throughput",
  async measure(say) {
    const emulator = await startServer(EMULATOR);
    let bare: ServerProcess | undefined;
    try {
      const { item, collection, headers, body, answerBytes } = await fillTenant(emulator.readyLine);
      bare = await startServer({ ...NODE_HTTP, env: { ANSWER_BYTES: String(answerBytes) } });
      const loads: Record<"GET" | "POST", Omit<Load, "url"> & { path: string }> = {
        GET: { method: "GET", path: item, headers },
        POST: { method: "POST", path: collection, headers: { ...headers, "content-type": "application/json" }, body },
      };
      const ratios: Record<string, number[]> = { GET: [], POST: [] };
      for (let round = -1; round < ROUNDS; round++) {
        for (const [name, { path, ...load }] of Object.entries(loads)) {
          const ours = await requestsPerSecond({ ...load, url: emulator.url + path }, SECONDS);
          const theirs = await requestsPerSecond({ ...load, url: bare.url + path }, SECONDS);
          if (round < 0) continue; // the first round warms both up
          say(`${name}: emulator ${ours.toFixed(0)}, bare node:http ${theirs.toFixed(0)} requests a second`);
          ratios[name]?.push(ours / theirs);
        }
      }
      return figuresOf(ratios, say);
    } finally {
      await emulator.stop();
      await bare?.stop();
    }
  },
};

function figuresOf(ratios: Record<string, number[]>, say: (line: string) => void): Figure[] {
  const [get, post] = [median(ratios["GET"] ?? []), median(ratios["POST"] ?? [])];
  say(`share of bare node:http: GET ${get.toFixed(2)}, POST ${post.toFixed(2)}; the figure is the lower one`);
  return [{ name: "emulator-throughput-vs-node-http", value: Number(Math.min(get, post).toFixed(3)) }];
}
