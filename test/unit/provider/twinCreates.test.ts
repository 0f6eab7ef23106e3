import { TwinCreates } from "../../../provider/src/graph/twinCreates";

/** Creates that end when told, and the order in which they began. */
function creates() {
  const twins = new TwinCreates();
  const begun: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const start = (key: string, name: string): Promise<string> =>
    twins.run(
      key,
      () =>
        new Promise((resolve, reject) => {
          begun.push(name);
          ends.set(name, (error) => {
            if (error === undefined) resolve(name);
            else reject(error);
          });
        }),
    );
  const end = async (name: string, error?: Error): Promise<void> => {
    ends.get(name)?.(error);
    await new Promise(setImmediate);
  };
  return { start, begun, end };
}

test("equal creates run one after the other, in order, also after one has failed; others run beside them", async () => {
  const { start, begun, end } = creates();
  const results = [start("x", "x1"), start("x", "x2"), start("y", "y1"), start("x", "x3")].map((one) =>
    one.catch((error: unknown) => String(error)),
  );
  expect(begun).toEqual(["x1", "y1"]);
  await end("x1", new Error("lost"));
  expect(begun).toEqual(["x1", "y1", "x2"]);
  await end("x2");
  await end("x3");
  await end("y1");
  expect(await Promise.all(results)).toEqual(["Error: lost", "x2", "y1", "x3"]);
  void start("x", "x4");
  expect(begun).toEqual(["x1", "y1", "x2", "x3", "x4"]);
});
