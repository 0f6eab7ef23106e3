import { connect } from "node:net";
import { HttpServer } from "../../emulator/src/http/server";

const DEADLINES = { headersTimeout: 300, requestTimeout: 600, connectionsCheckingInterval: 50 };

/** What a server with short deadlines says to a sender that stops after `text`, and after how long. */
async function answerTo(text: string): Promise<{ answer: string; afterMs: number }> {
  const server = new HttpServer(
    Promise.resolve(() => Promise.resolve({ status: 200, headers: {} })),
    DEADLINES,
  );
  const port = await server.listen(0, "127.0.0.1");
  const start = performance.now();
  const answer = await new Promise<string>((resolve) => {
    let received = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    socket.on("data", (chunk) => (received += chunk.toString()));
    socket
      .on("error", () => undefined)
      .on("close", () => {
        resolve(received);
      });
  });
  const afterMs = performance.now() - start;
  await server.close();
  return { answer, afterMs };
}

test.each([
  ["head", "GET / HTTP/1.1\r\nhost: x\r\n", 300],
  ["body", "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{", 600],
])("a sender that never ends its %s gets 408 and loses its connection", async (_, text, deadlineMs) => {
  const { answer, afterMs } = await answerTo(text);
  expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  expect(afterMs).toBeGreaterThanOrEqual(deadlineMs - 5);
  expect(afterMs).toBeLessThan(deadlineMs + 5_000);
});
