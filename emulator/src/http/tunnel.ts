import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { AUTHORITY_HOSTS, GRAPH_HOSTS } from "../limits";

/** What the emulator answers for when it is a client's proxy. */
export const TUNNELLED_HOSTS: readonly string[] = [...GRAPH_HOSTS, ...AUTHORITY_HOSTS];

/**
 * `CONNECT host:443` (RFC 9110 section 9.3.6): a client that can only be pointed by a proxy (`HTTPS_PROXY`) reaches the emulator as
 * graph.microsoft.com and its authority. Nothing is passed on to anybody: what is meant for another host is refused.
 * @param accept speaks TLS on the socket; undefined without https
 */
export function answerConnect(
  { url = "" }: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  accept: ((socket: Duplex) => void) | undefined,
): void {
  // A client that goes away has nothing to be told.
  socket.on("error", () => socket.destroy());
  if (accept === undefined) {
    refuse(socket, "501", `CONNECT ${url}: the emulator is a proxy with --https only`);
    return;
  }
  if (!TUNNELLED_HOSTS.some((host) => url.toLowerCase() === `${host}:443`)) {
    refuse(socket, "403", `CONNECT ${url}: the emulator is a proxy to ${TUNNELLED_HOSTS.join(" ")} on port 443 only`);
    return;
  }
  socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
  if (head.length > 0) socket.unshift(head);
  accept(socket);
}

/** The reason stands in the status line too: of a refused CONNECT many clients show nothing else. */
function refuse(socket: Duplex, status: string, message: string): void {
  const reason = message.replaceAll(/[^\x20-\x7e]/g, "?");
  const body = JSON.stringify({ error: { code: "ProxyRefused", message } });
  const head = [
    `HTTP/1.1 ${status} ${reason}`,
    "Content-Type: application/json; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}
