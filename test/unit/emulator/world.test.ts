import type { Change } from "../../../emulator/src/world/staging";
import type { Storage } from "../../../emulator/src/world/world";
import { readPage } from "../../../emulator/src/odata/page";
import { World } from "../../../emulator/src/world/world";

const OUTER = "deviceCompliancePolicies";
const INNER = `${OUTER}/p/deviceStatuses`;

async function worldWith(storage?: Storage): Promise<World> {
  const world = new World(storage, []);
  await world.put(OUTER, { id: "p" });
  return world;
}
const ids = (world: World): string[] => world.list(INNER).map((entity) => entity.id);

test("entities keep the order of their creation, also when they are replaced", async () => {
  const world = await worldWith();
  for (const id of ["c", "a", "b"]) await world.put(INNER, { id, status: "compliant" });
  await world.put(INNER, { id: "c", status: "error" });
  await world.merge(INNER, "a", { status: "conflict" });
  expect(world.list(INNER)).toEqual([
    { id: "c", status: "error" },
    { id: "a", status: "conflict" },
    { id: "b", status: "compliant" },
  ]);
});

test("nothing is put into an entity that is not there", async () => {
  const world = await worldWith();
  expect(await world.put(`${OUTER}/q/deviceStatuses`, { id: "x" })).toBe(false);
  expect(world.count(`${OUTER}/q/deviceStatuses`)).toBe(0);
});

test("deleting an entity deletes what it contains, and only that", async () => {
  const world = await worldWith();
  await world.put(OUTER, { id: "pp" });
  await world.put(INNER, { id: "x" });
  await world.put(`${OUTER}/pp/deviceStatuses`, { id: "y" });
  expect(await world.delete(OUTER, "p")).toBe(true);
  expect([world.count(INNER), world.count(`${OUTER}/pp/deviceStatuses`)]).toEqual([0, 1]);
  expect(await world.delete(OUTER, "p")).toBe(false);
});

test("a status that is being created while its policy is deleted is refused, not left behind", async () => {
  const world = await worldWith();
  const [deleted, created] = await Promise.all([world.delete(OUTER, "p"), world.put(INNER, { id: "x" })]);
  expect([deleted, created, world.count(INNER)]).toEqual([true, false, 0]);
});

test("without storage, a decision counts at once and one that throws changes nothing", async () => {
  const world = await worldWith();
  const failed = world.transact((staging) => {
    staging.put(INNER, { id: "x" });
    throw new Error("decided against");
  });
  await expect(failed).rejects.toThrow("decided against");
  expect(ids(world)).toEqual([]);
  const added = world.put(INNER, { id: "y" });
  expect(ids(world)).toEqual(["y"]);
  expect(await added).toBe(true);
});

test("of changes written together, what a decision staged before it threw is dropped and the others count", async () => {
  const writes: string[][] = [];
  const world = await worldWith({
    write: (changes) =>
      new Promise((resolve) => {
        writes.push(changes.map(({ kind, item }) => `${kind} ${item.entity.id}`));
        setImmediate(resolve);
      }),
  });
  await world.put(INNER, { id: "old", n: 0 });
  const busy = world.put(INNER, { id: "busy" });
  const outcomes = await Promise.allSettled([
    world.put(INNER, { id: "x" }),
    world.transact((staging) => {
      staging.put(INNER, { id: "y" });
      staging.put(INNER, { id: "old", n: 1 });
      staging.put(OUTER, { id: "new" });
      staging.delete(INNER, { sequence: 0, entity: { id: "x" } });
      throw new Error("decided against");
    }),
    world.put(`${OUTER}/new/deviceStatuses`, { id: "z" }),
    world.edit(INNER, "old", ({ n }) => ({ m: Number(n) + 5 })),
    world.put(INNER, { id: "last" }),
    busy,
  ]);
  expect(outcomes.map((outcome) => (outcome.status === "fulfilled" ? outcome.value : String(outcome.reason)))).toEqual([
    true,
    "Error: decided against",
    false,
    { id: "old", n: 0, m: 5 },
    true,
    true,
  ]);
  expect(writes.at(-1)).toEqual(["put x", "put old", "put last"]);
  expect(ids(world)).toEqual(["old", "busy", "x", "last"]);
});

test("within one decision each step sees those before it", async () => {
  const world = await worldWith();
  const seen = await world.transact((staging) => {
    staging.put(INNER, { id: "x" });
    staging.put(INNER, { id: "y" });
    const found = [staging.find(INNER, "x") !== undefined];
    const item = staging.find(OUTER, "p");
    if (item !== undefined) staging.delete(OUTER, item);
    found.push(staging.find(INNER, "x") !== undefined, [...staging.all()].length > 0);
    staging.put(OUTER, { id: "q" });
    return [...found, [...staging.all()].map(([, { id }]) => id)];
  });
  expect(seen).toEqual([true, false, false, ["q"]]);
  expect([world.count(INNER), world.list(OUTER)]).toEqual([0, [{ id: "q" }]]);
});

test("concurrent changes to one entity all count", async () => {
  let writes = 0;
  const slow: Storage = {
    write: () => new Promise((resolve) => (writes++, setImmediate(resolve))),
  };
  const world = await worldWith(slow);
  await world.put(INNER, { id: "x" });
  const names = Array.from({ length: 50 }, (_, index) => `property${index}`);
  await Promise.all(names.map((name) => world.merge(INNER, "x", { [name]: true })));
  expect(Object.keys(world.find(INNER, "x") ?? {})).toEqual(["id", ...names]);
  // The policy, x, the first change, and the other 49 together while that one was being written.
  expect(writes).toBe(4);
});

test("a status created and its policy deleted while storage is busy: both are decided in order and written together", async () => {
  const writes: Change[][] = [];
  const world = await worldWith({
    write: (changes) => new Promise((resolve) => (writes.push([...changes]), setImmediate(resolve))),
  });
  const busy = world.put(INNER, { id: "busy" });
  const results = await Promise.all([
    busy,
    world.put(INNER, { id: "x" }),
    world.delete(OUTER, "p"),
    world.put(INNER, { id: "y" }),
  ]);
  expect(results).toEqual([true, true, true, false]);
  expect([world.count(OUTER), world.count(INNER)]).toEqual([0, 0]);
  const last = writes.at(-1)?.map(({ kind, item }) => `${kind} ${item.entity.id}`);
  expect(
    last?.filter((change) => change === "delete x" || change === "delete busy" || change === "delete p"),
  ).toHaveLength(3);
});

test("a write that storage refuses changes nothing, and the next one goes through", async () => {
  let broken = false;
  const storage: Storage = {
    write: () => (broken ? Promise.reject(new Error("no space left on device")) : Promise.resolve()),
  };
  const world = await worldWith(storage);
  await world.put(INNER, { id: "x", status: "compliant" });
  broken = true;
  await expect(world.put(INNER, { id: "y" })).rejects.toThrow("no space left");
  await expect(world.merge(INNER, "x", { status: "error" })).rejects.toThrow("no space left");
  await expect(world.delete(INNER, "x")).rejects.toThrow("no space left");
  await expect(world.delete(OUTER, "p")).rejects.toThrow("no space left");
  expect(world.list(INNER)).toEqual([{ id: "x", status: "compliant" }]);
  broken = false;
  expect(await world.put(INNER, { id: "y" })).toBe(true);
  expect(ids(world)).toEqual(["x", "y"]);
});

test("memory shows a change only after storage has it", async () => {
  let finish: () => void = () => undefined;
  const written: Change[] = [];
  const held = new Promise<void>((resolve) => (finish = resolve));
  const world = await worldWith({
    write: (changes) => {
      written.push(...changes);
      return changes[0]?.collection === OUTER ? Promise.resolve() : held;
    },
  });
  const put = world.put(INNER, { id: "x" });
  await new Promise(setImmediate);
  expect([written.length, world.count(INNER)]).toEqual([2, 0]);
  finish();
  await put;
  expect(world.count(INNER)).toBe(1);
});

test("pages stay right while entities come and go between them", async () => {
  const world = await worldWith();
  for (const id of ["a", "b", "c", "d", "e"]) await world.put(INNER, { id });
  const page = (after: number) => {
    const query = { pageSize: 2, skip: 0, position: { after }, isCounted: false };
    const { entities, next } = readPage(world.entitySet(INNER) ?? { size: 0, after: () => [] }, query);
    return { ids: entities.map(({ id }) => id), after: next !== undefined && "after" in next ? next.after : -1 };
  };
  const first = page(0);
  expect(first.ids).toEqual(["a", "b"]);
  await world.delete(INNER, "a");
  await world.delete(INNER, "b");
  await world.delete(INNER, "d");
  await world.put(INNER, { id: "f" });
  const second = page(first.after);
  expect(second.ids).toEqual(["c", "e"]);
  expect(page(second.after)).toEqual({ ids: ["f"], after: -1 });
});

test("an edit sees the entity as it is when its turn comes; one that throws is rejected alone", async () => {
  const world = await worldWith();
  await world.put(INNER, { id: "x", n: 0 });
  const add = (): Promise<unknown> => world.edit(INNER, "x", ({ n }) => ({ n: Number(n) + 1 }));
  const refuse = (): Promise<unknown> =>
    world.edit(INNER, "x", () => {
      throw new Error("refused");
    });
  const outcomes = await Promise.allSettled([add(), refuse(), add(), world.edit(INNER, "none", () => ({}))]);
  expect(outcomes.map((outcome) => (outcome.status === "fulfilled" ? outcome.value : String(outcome.reason)))).toEqual([
    { id: "x", n: 1 },
    "Error: refused",
    { id: "x", n: 2 },
    undefined,
  ]);
  expect(world.find(INNER, "x")).toEqual({ id: "x", n: 2 });
});
