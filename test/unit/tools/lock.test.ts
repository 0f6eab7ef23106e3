import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { withLock } from "../../../tools/lock.js";
import { until } from "./engineLab";

/** Longer than any holder may be silent. */
const LONG_AGO = new Date(Date.now() - 10 * 60_000);
/** Above the largest process number of any supported system. */
const NO_PROCESS = 2 ** 30;

describe("withLock", () => {
  let folder: string;
  let lock: string;
  const hold = (holder: object) => {
    writeFileSync(lock, JSON.stringify(holder));
  };

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "lock-"));
    lock = path.join(folder, "work.lock");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("runs one body after the other, and says once for whom it waits", async () => {
    const events: string[] = [];
    let letGo = () => undefined as unknown;
    const first = withLock(lock, fail, async () => {
      events.push("first begins");
      await new Promise<void>((resolve) => (letGo = resolve));
      events.push("first ends");
    });
    await until(() => events.length === 1);
    const said: string[] = [];
    const second = withLock(
      lock,
      (message) => said.push(message),
      () => Promise.resolve(events.push("second")),
    );
    await until(() => said.length === 1);
    letGo();
    await Promise.all([first, second]);
    expect(events).toEqual(["first begins", "first ends", "second"]);
    expect(said).toEqual([`waiting for process ${process.pid}, which is at the same work`]);
  });

  it("is free again after a body that fails, and passes the failure on", async () => {
    await expect(withLock(lock, fail, () => Promise.reject(new Error("no luck")))).rejects.toThrow("no luck");
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    [
      "of a process that is gone",
      () => {
        hold({ pid: NO_PROCESS, host: os.hostname(), token: "x" });
      },
    ],
    [
      "of a living process number that has been silent for minutes: the number was given out again",
      () => {
        hold({ pid: process.pid, host: os.hostname(), token: "x" });
        utimesSync(lock, LONG_AGO, LONG_AGO);
      },
    ],
    [
      "that was created and never written",
      () => {
        writeFileSync(lock, "");
        utimesSync(lock, LONG_AGO, LONG_AGO);
      },
    ],
  ])("takes over a lock %s", async (_which, abandon) => {
    abandon();
    await expect(withLock(lock, fail, () => Promise.resolve("done"))).resolves.toBe("done");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("does not judge a process number of another machine", async () => {
    hold({ pid: NO_PROCESS, host: "another machine", token: "x" });
    const said: string[] = [];
    const waiting = withLock(
      lock,
      (message) => said.push(message),
      () => Promise.resolve("done"),
    );
    await until(() => said.length === 1);
    rmSync(lock);
    await expect(waiting).resolves.toBe("done");
  });

  it("leaves a lock alone that somebody else has taken over meanwhile", async () => {
    await withLock(lock, fail, () => {
      hold({ pid: process.pid, host: os.hostname(), token: "of the successor" });
      return Promise.resolve();
    });
    expect(existsSync(lock)).toBe(true);
  });
});

function fail(message: string): never {
  throw new Error(`nobody is to be waited for here: ${message}`);
}
