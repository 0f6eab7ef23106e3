import { connect } from "node:net";
import type { Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import type { Answer } from "../../emulator/src/http/exchange";
import { HttpServer } from "../../emulator/src/http/server";
import { CLOSE_GRACE_MS } from "../../emulator/src/limits";

const HEAD = "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n";
const ANSWER: Answer = { status: 200, headers: {} };

/** A server that answers as `dispatch` says, a sender that has sent `text`, and how long the server then takes to close. */
async function closeAfter(
  text: string,
  dispatch: () => Promise<Answer> | Answer,
  leave: (sender: Socket) => void,
): Promise<number> {
  const server = new HttpServer(Promise.resolve(dispatch));
  const port = await server.listen(0, "127.0.0.1");
  const sender = connect(port, "127.0.0.1", () => sender.write(text)).on("error", () => undefined);
  await wait(100);
  leave(sender);
  await wait(100);
  const start = performance.now();
  await server.close();
  return performance.now() - start;
}

const goAway = (sender: Socket): void => void sender.destroy();
const reset = (sender: Socket): void => void sender.resetAndDestroy();

test.each([
  ["in the middle of its body", goAway],
  ["by a reset in the middle of its body", reset],
])("a sender that goes away %s is not answered, and nobody waits for it", async (_, leave) => {
  let asked = 0;
  const dispatch = (): Answer => (asked++, ANSWER);
  expect(await closeAfter(`${HEAD}{`, dispatch, leave)).toBeLessThan(CLOSE_GRACE_MS / 2);
  expect(asked).toBe(0);
});

test.each([
  ["goes away", goAway],
  ["resets its connection", reset],
])(
  "a sender that %s before its answer is made is waited for until its work is done, and no longer",
  async (_, leave) => {
    let isDone = false;
    const work = async (): Promise<Answer> => {
      await wait(700);
      isDone = true;
      return ANSWER;
    };
    expect(await closeAfter(`${HEAD}123456789`, work, leave)).toBeLessThan(CLOSE_GRACE_MS / 2);
    expect(isDone).toBe(true);
  },
);

test("work that fails ends its connection and holds nobody up, at once or later", async () => {
  const later = (): Promise<Answer> => wait(1).then(() => Promise.reject(new Error("failed")));
  const atOnce = (): Answer => {
    throw new Error("failed");
  };
  for (const dispatch of [later, atOnce]) {
    expect(await closeAfter(`${HEAD}123456789`, dispatch, () => undefined)).toBeLessThan(CLOSE_GRACE_MS / 2);
  }
});
