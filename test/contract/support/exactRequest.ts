import { request } from "node:http";
import type { Json } from "../../unit/emulator/support/graphClient";

export interface ExactAnswer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Buffer;
}

/** Sends the header lines as they are spelt and the bytes as they are; node:http refuses a Content-Length that is not theirs. */
export function sendExactly(
  url: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  body?: string,
): Promise<ExactAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.once("error", reject);
      response.once("end", () => {
        const { statusCode = 0, statusMessage = "", headers: answered } = response;
        resolve({ status: statusCode, statusText: statusMessage, headers: answered, bytes: Buffer.concat(chunks) });
      });
    });
    sent.once("error", reject);
    sent.end(body);
  });
}

/** The layout of the documentation's examples, whose Content-Length counts it: two spaces, CRLF, UTF-8. */
export function inDocumentationLayout(body: Json): string {
  return JSON.stringify(body, null, 2).replaceAll("\n", "\r\n");
}
