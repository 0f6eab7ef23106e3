import { at } from "../unit/emulator/support/graphClient";
import { Contract, expectRefused, smallestOf } from "./support/contract";
import { foreignPropertiesOf, propertiesOf } from "./support/entityTypes";
import { rowCollections } from "./support/routes";
import { oneOf, samplesOf } from "./support/sampleValues";

let contract: Contract;
beforeAll(async () => {
  contract = await Contract.start();
});
afterAll(() => contract.stop());

test("the facts name ten collections of statuses, seven of them in both versions", () => {
  const all = rowCollections();
  expect([new Set(all.map(({ route }) => route)).size, all.length]).toEqual([12, 22]);
});

describe.each(rowCollections())("$version $route", ({ route, version, typeName }) => {
  const base = smallestOf(typeName, version);
  const properties = propertiesOf(typeName, version);
  let path: string;
  beforeAll(async () => {
    path = await contract.pathOf(version, route);
  });

  const create = async (body: object): Promise<string> => {
    const created = await contract.client.call("POST", path, body);
    expect([body, created.status]).toEqual([body, 201]);
    return `${path}/${at(created.body, "id") as string}`;
  };

  test.each(properties)("%s: good values are kept and given back", async (name, { type }) => {
    for (const value of samplesOf(type, version).good) {
      const { status, body } = await contract.client.call("POST", path, { ...base, [name]: value });
      expect([value, status, at(body, name)]).toEqual([value, 201, value]);
      const item = `${path}/${at(body, "id") as string}`;
      expect((await contract.client.call("GET", item)).body).toEqual(body);
    }
    const item = await create(base);
    for (const value of samplesOf(type, version).good) {
      const { status, body } = await contract.client.call("PATCH", item, { [name]: value });
      expect([value, status, at(body, name)]).toEqual([value, 200, value]);
    }
  });

  test.each(properties)("%s: values of another type are refused", async (name, { type }) => {
    const item = await create(base);
    const before = (await contract.client.call("GET", item)).body;
    for (const value of samplesOf(type, version).wrong) {
      expectRefused(await contract.client.call("POST", path, { ...base, [name]: value }), name, value);
      expectRefused(await contract.client.call("PATCH", item, { [name]: value }), name, value);
    }
    expect((await contract.client.call("GET", item)).body).toEqual(before);
  });

  test.each(properties)("%s: null as the schema has it", async (name, { nullable }) => {
    const item = await create(base);
    const answers = [
      await contract.client.call("POST", path, { ...base, [name]: null }),
      await contract.client.call("PATCH", item, { [name]: null }),
    ];
    for (const [index, answer] of answers.entries()) {
      if (!nullable) expectRefused(answer, name, null);
      else expect([answer.status, at(answer.body, name)]).toEqual([[201, 200][index], null]);
    }
  });

  test("an entity has the properties of the schema and no other", async () => {
    const full = Object.fromEntries(properties.map(([name, { type }]) => [name, oneOf(type, version)]));
    for (const body of [full, base]) {
      const { body: entity } = await contract.client.call("GET", await create(body));
      const names = Object.keys(entity as object).filter((name) => !name.startsWith("@"));
      expect(names.sort()).toEqual(["id", ...properties.map(([name]) => name)].sort());
      expect(at(entity, "@odata.type")).toBe(`#microsoft.graph.${typeName}`);
      expect(typeof at(entity, "id")).toBe("string");
      expect(entity).toMatchObject(body);
    }
  });

  const strangers = [...foreignPropertiesOf(typeName, version).map(([name]) => name), "noSuchProperty", "Status"];
  test.each(strangers)("%s: is no property here", async (name) => {
    const [value = 1] = foreignPropertiesOf(typeName, version).flatMap(([other, { type }]) =>
      other === name ? [oneOf(type, "beta")] : [],
    );
    const item = await create(base);
    expectRefused(await contract.client.call("POST", path, { ...base, [name]: value }), name, value);
    expectRefused(await contract.client.call("PATCH", item, { [name]: value }), name, value);
  });

  test("the key is the service's: it is not taken from a body", async () => {
    const id = "00000000-0000-4000-8000-00000000000b";
    expectRefused(await contract.client.call("POST", path, { ...base, id }), "id", id);
    expectRefused(await contract.client.call("PATCH", await create(base), { id }), "id", id);
  });

  test("another type's name is refused", async () => {
    const odataType = "#microsoft.graph.managedDevice";
    const answer = await contract.client.call("POST", path, { ...base, "@odata.type": odataType });
    expectRefused(answer, "@odata.type", odataType);
  });
});
