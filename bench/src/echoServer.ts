import { createServer } from "node:http";

/**
 * A bare node:http server, run as a process of its own: a POST gets its body back with 201, a GET gets ANSWER_BYTES of
 * JSON with 200. It parses, checks and stores nothing: no server in Node can do less.
 */
const fixed = Buffer.from(JSON.stringify({ text: "x".repeat(Number(process.env["ANSWER_BYTES"] ?? "0")) }));

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const body = request.method === "POST" ? Buffer.concat(chunks) : fixed;
    response.writeHead(request.method === "POST" ? 201 : 200, {
      "Content-Type": "application/json",
      "Content-Length": String(body.length),
    });
    response.end(body);
  });
});

server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  process.stdout.write(`${JSON.stringify({ graphEndpoint: `http://127.0.0.1:${String(port)}` })}\n`);
});
