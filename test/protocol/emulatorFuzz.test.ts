import { execFileSync } from "node:child_process";
import { connect } from "node:net";
import type { Socket } from "node:net";
import { killAll, startProcess } from "../unit/emulator/support/emulatorProcess";
import type { EmulatorProcess } from "../unit/emulator/support/emulatorProcess";
import { fuzzedRequests, toHttp } from "../unit/emulator/support/fuzz";
import type { FuzzedRequest } from "../unit/emulator/support/fuzz";
import { malformedRequests } from "../unit/emulator/support/malformedHttp";
import { RawConnection } from "../unit/emulator/support/rawConnection";
import { GraphClient, POLICIES, requestToken } from "../unit/emulator/support/graphClient";

const SEED = Number(process.env["FUZZ_SEED"] ?? 20_260_601);
const WELL_FORMED = 8_500;
const MALFORMED = 1_500;
const SLOW_SENDERS = 50;
/** The journal keeps 64 MiB at most, one body of the control API is 64 MiB at most; the rest is the heap's own slack. */
const MAX_GROWTH_MB = 150;

afterEach(killAll);

const residentMb = ({ child }: EmulatorProcess): number =>
  Number(execFileSync("ps", ["-o", "rss=", "-p", String(child.pid)], { encoding: "utf8" })) / 1024;

/** Sends bytes and resolves with what came back once the other side has ended, has said nothing more for a moment, or has answered a whole HEAD. */
function exchange(port: number, bytes: Buffer, quietMs: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    let received = "";
    const end = (): void => {
      socket.destroy();
      resolve(received);
    };
    socket.setTimeout(quietMs, end);
    socket.on("data", (chunk) => (received += chunk.toString("latin1")));
    socket.on("error", end).on("close", end);
    socket.end(bytes);
  });
}

const statusesOf = (received: string): number[] =>
  [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));

async function inTurns<Item>(items: readonly Item[], works: readonly ((item: Item) => Promise<void>)[]): Promise<void> {
  const queue = items.values();
  await Promise.all(
    works.map(async (work) => {
      for (const item of queue) await work(item);
    }),
  );
}

/** The runs' own requests leave faults and times behind; neither is what is tested. */
async function calm(client: GraphClient): Promise<void> {
  await client.call("DELETE", "/_emulator/faults");
  await client.call("DELETE", "/_emulator/clock");
  await client.call("PUT", "/_emulator/profile", { profile: "documented" });
  const deviceStatuses = [{ id: "row", deviceCompliancePolicyId: "fuzz" }];
  await client.call("POST", "/_emulator/seed", {
    deviceCompliancePolicies: [{ id: "fuzz", displayName: "P" }],
    deviceStatuses,
  });
}

interface Seen {
  readonly counts: Map<number, number>;
  readonly faults: string[];
}

async function sendWellFormed(port: number, requests: readonly FuzzedRequest[], seen: Seen): Promise<void> {
  const connections = Array.from({ length: 16 }, () => new RawConnection(port));
  const works = connections.map((connection) => async (request: FuzzedRequest) => {
    const bytes = toHttp(request);
    const status = await connection.send(bytes, request.method !== "HEAD");
    seen.counts.set(status, (seen.counts.get(status) ?? 0) + 1);
    if (status === 0 || status === 500) seen.faults.push(`${status} for ${bytes.toString("latin1").slice(0, 600)}`);
  });
  await inTurns(requests, works);
  for (const connection of connections) connection.close();
}

test("10 000 malformed requests: none brings it down, none is a 500, memory stays bounded", async () => {
  const emulator = await startProcess();
  const client = await GraphClient.of(emulator);
  const port = Number(new URL(emulator.graphEndpoint).port);
  const token = await requestToken(emulator, { scope: "https://graph.microsoft.com/.default" });
  await calm(client);
  const seen: Seen = { counts: new Map(), faults: [] };
  // Slow ones stay in the middle of a head or a body all the time.
  const slow: Socket[] = Array.from({ length: SLOW_SENDERS }, (_, index) => {
    const socket = connect(port, "127.0.0.1").on("error", () => undefined);
    socket.write(
      index % 2 === 0 ? `POST ${POLICIES} HTT` : `POST ${POLICIES} HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{`,
    );
    return socket;
  });
  const wellFormed = fuzzedRequests(SEED, WELL_FORMED, token);
  await sendWellFormed(port, wellFormed.slice(0, 500), seen);
  const beforeMb = residentMb(emulator);

  for (let start = 500; start < WELL_FORMED; start += 500) {
    await calm(client);
    await sendWellFormed(port, wellFormed.slice(start, start + 500), seen);
  }
  const sendMalformed = async (bytes: Buffer): Promise<void> => {
    for (const status of statusesOf(await exchange(port, bytes, 2_000))) {
      seen.counts.set(status, (seen.counts.get(status) ?? 0) + 1);
      if (status === 500) seen.faults.push(`500 for ${bytes.toString("latin1").slice(0, 600)}`);
    }
  };
  await inTurns(malformedRequests(SEED, MALFORMED, token), Array<typeof sendMalformed>(32).fill(sendMalformed));
  expect(seen.faults).toEqual([]);
  const tooLarge = Buffer.alloc(5 * 1024 * 1024, "[");
  for (const path of [POLICIES, "/beta/$batch", "/beta/deviceManagement/deviceCompliancePolicies/x"]) {
    expect((await client.call(path.endsWith("x") ? "PATCH" : "POST", path, tooLarge)).status).toBeLessThan(500);
  }
  expect((await client.call("POST", "/_emulator/seed", Buffer.alloc(40 * 1024 * 1024, "["))).status).toBe(400);
  await expect(client.call("POST", "/_emulator/seed", Buffer.alloc(80 * 1024 * 1024, "["))).rejects.toThrow(
    /other side closed|ECONNRESET|EPIPE|terminated/,
  );

  await calm(client);
  expect((await client.call("GET", POLICIES)).status).toBe(200);
  expect((await client.call("GET", "/_emulator/requests")).status).toBe(200);
  expect((await client.call("GET", "/_emulator/requests.har")).status).toBe(200);
  const growthMb = residentMb(emulator) - beforeMb;
  expect(growthMb).toBeLessThan(MAX_GROWTH_MB);
  // The requests were no monotony: answers of many kinds, and what is right among them was served.
  expect([...seen.counts.keys()]).toEqual(expect.arrayContaining([200, 201, 204, 400, 401, 404, 405, 415, 431]));
  for (const socket of slow) socket.destroy();
  await client.close();
  emulator.child.kill("SIGTERM");
  const { code, stderr } = await emulator.ended;
  expect([code, stderr]).toEqual([0, ""]);
}, 120_000);
