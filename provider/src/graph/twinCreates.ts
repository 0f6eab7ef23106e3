/**
 * Creates of equal rows, one after the other. If two equal `POST`s were out at once and their answers were lost, nobody
 * could tell whose row is whose, or whether the one row found is of the one or the other; so they never are.
 */
export class TwinCreates {
  private readonly last = new Map<string, Promise<unknown>>();

  /** Run `create` after every earlier one of the same key has ended, well or not. */
  run<T>(key: string, create: () => Promise<T>): Promise<T> {
    const before = this.last.get(key);
    const mine = before === undefined ? create() : before.then(create);
    const ended = mine.then(
      () => undefined,
      () => undefined,
    );
    this.last.set(key, ended);
    void ended.then(() => {
      if (this.last.get(key) === ended) this.last.delete(key);
    });
    return mine;
  }
}
