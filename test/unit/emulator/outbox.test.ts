import { setImmediate as turn } from "node:timers/promises";
import { Outbox } from "../../../emulator/src/http/outbox";

test("what is added in one turn leaves at its end, in order; what a leaving one adds waits for the next", async () => {
  const outbox = new Outbox();
  const left: string[] = [];
  const add = (name: string): void => {
    outbox.add(() => {
      left.push(name);
      if (name === "a") add("c");
    });
  };
  add("a");
  await Promise.resolve();
  add("b");
  expect(left).toEqual([]);
  await turn();
  expect(left).toEqual(["a", "b"]);
  await turn();
  expect(left).toEqual(["a", "b", "c"]);
});
