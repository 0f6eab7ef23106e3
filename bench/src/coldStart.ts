import { type Figure, type Group, median } from "./bench";
import { AZURITE, EMULATOR, NODE_HTTP, type ServerCommand, startServer } from "./serverProcess";

const ROUNDS = 9;

/** From the start of the process to its first answer, in turn with a bare server and with Azurite. */
export const coldStart: Group = {
  name: "emulator-start",
  async measure(say) {
    const servers = [EMULATOR, NODE_HTTP, AZURITE];
    const times = new Map<ServerCommand, number[]>(servers.map((server) => [server, []]));
    for (let round = 0; round < ROUNDS; round++) {
      for (const server of servers) {
        const running = await startServer(server);
        times.get(server)?.push(running.firstAnswerMs);
        await running.stop();
      }
    }
    for (const server of servers) say(`${server.name}: ${text(times.get(server))}`);
    const ms = (server: ServerCommand): number => median(times.get(server) ?? []);
    const figures: Figure[] = [
      { name: "emulator-cold-start-ms", value: Math.round(ms(EMULATOR)) },
      { name: "emulator-cold-start-vs-node-http", value: Number((ms(EMULATOR) / ms(NODE_HTTP)).toFixed(3)) },
      { name: "emulator-cold-start-vs-azurite", value: Number((ms(EMULATOR) / ms(AZURITE)).toFixed(3)) },
    ];
    return figures;
  },
};

function text(times: readonly number[] = []): string {
  const sorted = times.map(Math.round).sort((one, other) => one - other);
  return `first answer after ${String(Math.round(median(times)))} ms (${sorted.join(", ")})`;
}
