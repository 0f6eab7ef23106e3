import fc from "fast-check";
import { fuzzedRequests, toHttp } from "./fuzz";
import { POLICIES } from "./graphClient";

/** What is no HTTP: bytes at random, heads that contradict themselves, and whole requests with bytes changed or missing. */
export function malformedRequests(seed: number, count: number, token: string): Buffer[] {
  const whole = fuzzedRequests(seed, count, token).map(toHttp);
  const damage = fc.tuple(
    fc.nat(),
    fc.nat(),
    fc.integer({ min: 0, max: 255 }),
    fc.nat(3),
    fc.uint8Array({ maxLength: 200 }),
  );
  const damages = fc.sample(damage, { seed, numRuns: count });
  return whole.map((bytes, index) => {
    const [at, cut, byte, kind, noise] = damages[index] ?? [0, 0, 0, 0, new Uint8Array()];
    if (kind === 0) return Buffer.from(noise);
    if (kind === 1) return bytes.subarray(0, cut % bytes.length);
    if (kind === 2) return Buffer.from(CONTRADICTIONS[at % CONTRADICTIONS.length] ?? "", "latin1");
    const changed = Buffer.from(bytes);
    for (let position = at % 50; position < changed.length; position += 1 + (cut % 97)) changed[position] = byte;
    return changed;
  });
}

const HEAD = `POST ${POLICIES} HTTP/1.1\r\nhost: x\r\n`;
const CONTRADICTIONS: readonly string[] = [
  `${HEAD}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
  `${HEAD}content-length: 5\r\ncontent-length: 6\r\n\r\nhello!`,
  `${HEAD}content-length: -1\r\n\r\n`,
  `${HEAD}content-length: 99999999999999999999\r\n\r\n`,
  `${HEAD}transfer-encoding: chunked\r\n\r\nzz\r\nhello\r\n`,
  `${HEAD}transfer-encoding: chunked\r\n\r\nffffffffffffffff\r\n`,
  `${HEAD}transfer-encoding: gzip\r\n\r\n`,
  `${HEAD}expect: 200-maybe\r\ncontent-length: 0\r\n\r\n`,
  `${HEAD}upgrade: websocket\r\nconnection: upgrade\r\n\r\n`,
  `${HEAD}x: ${"y".repeat(40_000)}\r\n\r\n`,
  `GET /${"z".repeat(40_000)} HTTP/1.1\r\nhost: x\r\n\r\n`,
  "GET / HTTP/1.1\r\n\r\n",
  "GET / HTTP/9.9\r\nhost: x\r\n\r\n",
  "GET http://[::1/ HTTP/1.1\r\nhost: x\r\n\r\n",
  "GET //x/../../etc HTTP/1.1\r\nhost: [\r\n\r\n",
  "CONNECT x:1 HTTP/1.1\r\nhost: x\r\n\r\n",
  "GET /healthz\r\n\r\n",
  "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
  "OPTIONS * HTTP/1.1\r\nhost: x\r\n\r\n",
  "GET ? HTTP/1.1\r\nhost: x\r\n\r\n",
  "\u0016\u0003\u0001\u0002\u0000\u0001\u0000",
];
