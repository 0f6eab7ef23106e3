import { at } from "../unit/emulator/support/graphClient";
import type { JsonMap } from "../unit/emulator/support/graphClient";
import { Contract, expectRefused, policyBody } from "./support/contract";
import { SET_BY_THE_SERVICE } from "./support/differences";
import { foreignPropertiesOf, propertiesOf, subtypesOf } from "./support/entityTypes";
import { VERSIONS } from "./support/facts";
import { oneOf, samplesOf } from "./support/sampleValues";

const BASE_TYPE = "deviceCompliancePolicy";
const cases = VERSIONS.flatMap((version) => subtypesOf(BASE_TYPE, version).map((subtype) => ({ version, subtype })));

let contract: Contract;
beforeAll(async () => {
  contract = await Contract.start();
});
afterAll(() => contract.stop());

test("the facts name twelve subtypes in beta, eight of them in v1.0", () => {
  expect(VERSIONS.map((version) => subtypesOf(BASE_TYPE, version).length)).toEqual([12, 8]);
});

describe.each(cases)("$version $subtype", ({ version, subtype }) => {
  const path = `/${version}/deviceManagement/deviceCompliancePolicies`;
  const body = policyBody(subtype);
  const properties = propertiesOf(subtype, version);
  const given = properties.filter(([name]) => !SET_BY_THE_SERVICE.includes(name));

  const create = async (policy: JsonMap): Promise<string> => {
    const created = await contract.client.call("POST", path, policy);
    expect([policy, created.status, created.body]).toEqual([policy, 201, created.body]);
    return `${path}/${at(created.body, "id") as string}`;
  };

  /** One to change, for all tests that leave it valid. */
  let item: string;
  beforeAll(async () => {
    item = await create(body);
  });

  test.each(given)("%s: good values are kept and given back", async (name, { type }) => {
    for (const value of samplesOf(type, version).good) {
      const { status, body: created } = await contract.client.call("POST", path, { ...body, [name]: value });
      expect([value, status, at(created, name)]).toEqual([value, 201, value]);
      const patch = { "@odata.type": body["@odata.type"], [name]: value };
      const changed = await contract.client.call("PATCH", item, patch);
      expect([value, changed.status, at(changed.body, name)]).toEqual([value, 200, value]);
    }
    const { good } = samplesOf(type, version);
    expect(at((await contract.client.call("GET", item)).body, name)).toEqual(good.at(-1));
  });

  test.each(properties)("%s: values of another type are refused", async (name, { type }) => {
    for (const value of samplesOf(type, version).wrong) {
      expectRefused(await contract.client.call("POST", path, { ...body, [name]: value }), name, value);
    }
    const [value] = samplesOf(type, version).wrong;
    expectRefused(await contract.client.call("PATCH", item, { [name]: value }), name, value);
  });

  // Nullable of a collection speaks of its items: CSDL 4.0 section 6.2.1. The schema says nothing of null in its place.
  test.each(given.filter(([, { type }]) => !type.startsWith("Collection(")))(
    "%s: null as the schema has it",
    async (name, { nullable }) => {
      const answers = [
        await contract.client.call("POST", path, { ...body, [name]: null }),
        await contract.client.call("PATCH", item, { [name]: null }),
      ];
      for (const [index, answer] of answers.entries()) {
        if (!nullable) expectRefused(answer, name, null);
        else expect([answer.status, at(answer.body, name)]).toEqual([[201, 200][index], null]);
      }
    },
  );

  test("a policy has the properties of its type and no other", async () => {
    const full = Object.fromEntries(given.map(([name, { type }]) => [name, oneOf(type, version)]));
    for (const policy of [{ ...body, ...full }, body]) {
      const { scheduledActionsForRule, ...structural } = policy;
      expect(scheduledActionsForRule).toBeDefined();
      const { body: entity } = await contract.client.call("GET", await create(policy));
      const names = Object.keys(entity as object).filter((name) => !name.includes("@"));
      expect(names.sort()).toEqual(["id", ...properties.map(([name]) => name)].sort());
      expect(entity).toMatchObject(structural);
    }
  });

  const siblings = subtypesOf(BASE_TYPE, version).flatMap((other) =>
    propertiesOf(other, version).map(([name]) => name),
  );
  const own = properties.map(([name]) => name);
  const [strange = "noSuchProperty"] = siblings.filter((name) => !own.includes(name));
  const strangers = [...foreignPropertiesOf(subtype, version).map(([name]) => name), strange, "noSuchProperty"];
  test.each([...new Set(strangers)])("%s: is no property here", async (name) => {
    const [value = "x"] = foreignPropertiesOf(subtype, version).flatMap(([other, { type }]) =>
      other === name ? [oneOf(type, "beta")] : [],
    );
    expectRefused(await contract.client.call("POST", path, { ...body, [name]: value }), name, value);
    expectRefused(await contract.client.call("PATCH", item, { [name]: value }), name, value);
  });

  test.each(SET_BY_THE_SERVICE)("%s: is the service's own, whatever is sent", async (name) => {
    const [, fact] = properties.find(([other]) => other === name) ?? [];
    const value = fact && oneOf(fact.type, version);
    const { status, body: created } = await contract.client.call("POST", path, { ...body, [name]: value });
    expect([status, at(created, name) === value]).toEqual([201, false]);
    expectRefused(await contract.client.call("POST", path, { ...body, [name]: null }), name, null);
  });
});

describe.each(VERSIONS)("%s", (version) => {
  const path = `/${version}/deviceManagement/deviceCompliancePolicies`;
  const foreign = subtypesOf(BASE_TYPE, "beta").filter((name) => !subtypesOf(BASE_TYPE, version).includes(name));

  test.each([...foreign, BASE_TYPE, "deviceComplianceDeviceStatus", "noSuchCompliancePolicy"])(
    "#microsoft.graph.%s cannot be created",
    async (name) => {
      const answer = await contract.client.call("POST", path, policyBody(name));
      expectRefused(answer, "@odata.type", name);
    },
  );

  test("a policy without its type, and one without its name, is refused", async () => {
    for (const name of ["@odata.type", "displayName"]) {
      const { [name]: left, ...rest } = policyBody();
      expect(left).toBeDefined();
      expectRefused(await contract.client.call("POST", path, rest), name, null);
    }
  });

  test("a contained collection cannot be sent within a policy, save the actions", async () => {
    for (const name of [
      "assignments",
      "deviceStatuses",
      "userStatuses",
      "deviceStatusOverview",
      "userStatusOverview",
    ]) {
      expectRefused(await contract.client.call("POST", path, { ...policyBody(), [name]: [] }), name, []);
    }
  });
});
