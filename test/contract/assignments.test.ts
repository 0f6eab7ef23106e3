import { at } from "../unit/emulator/support/graphClient";
import type { GraphResponse, Json, JsonMap } from "../unit/emulator/support/graphClient";
import { Contract, expectRefused, policyBody } from "./support/contract";
import { foreignPropertiesOf, propertiesOf } from "./support/entityTypes";
import { VERSIONS } from "./support/facts";
import { oneOf, samplesOf } from "./support/sampleValues";

const ASSIGNMENT = "deviceCompliancePolicyAssignment";
const TARGET = "deviceAndAppManagementAssignmentTarget";
const ALL_DEVICES = { "@odata.type": "#microsoft.graph.allDevicesAssignmentTarget" };

let contract: Contract;
beforeAll(async () => {
  contract = await Contract.start();
});
afterAll(() => contract.stop());

describe.each(VERSIONS)("%s", (version) => {
  const properties = propertiesOf(ASSIGNMENT, version);
  const targetProperties = propertiesOf(TARGET, version);

  /** Assigns a policy of its own; gives the answer and what the policy's assignments are then. */
  const assign = async (assignment: JsonMap): Promise<{ answer: GraphResponse; assignments: Json[] }> => {
    const policies = `/${version}/deviceManagement/deviceCompliancePolicies`;
    const { body } = await contract.client.call("POST", policies, policyBody());
    const policy = `${policies}/${at(body, "id") as string}`;
    const answer = await contract.client.call("POST", `${policy}/assign`, { assignments: [assignment] });
    const list = await contract.client.call("GET", `${policy}/assignments`);
    expect(list.status).toBe(200);
    return { answer, assignments: at(list.body, "value") as Json[] };
  };

  test.each(properties)(`${ASSIGNMENT}.%s: good values are kept and given back`, async (name, { type }) => {
    for (const value of samplesOf(type, version).good) {
      const { answer, assignments } = await assign({ target: ALL_DEVICES, [name]: value });
      expect([value, answer.status]).toEqual([value, 200]);
      expect(assignments).toEqual(at(answer.body, "value"));
      expect(assignments).toHaveLength(1);
      if (name === "target") expect(at(assignments[0], name)).toMatchObject(value as object);
      else expect(at(assignments[0], name)).toEqual(value);
    }
  });

  test.each(properties)(`${ASSIGNMENT}.%s: values of another type are refused`, async (name, { type }) => {
    for (const value of samplesOf(type, version).wrong) {
      const { answer, assignments } = await assign({ target: ALL_DEVICES, [name]: value });
      expectRefused(answer, name, value);
      expect(assignments).toEqual([]);
    }
  });

  test.each(properties)(`${ASSIGNMENT}.%s: null as the schema has it`, async (name, { nullable }) => {
    const { answer } = await assign({ target: ALL_DEVICES, [name]: null });
    if (!nullable) {
      expectRefused(answer, name, null);
      return;
    }
    expect([answer.status, at(answer.body, "value", 0, name)]).toEqual([200, null]);
  });

  test("an assignment has the properties of the schema and no other", async () => {
    const { assignments } = await assign({ target: ALL_DEVICES });
    const names = Object.keys(assignments[0] as object).filter((name) => !name.startsWith("@"));
    expect(names.sort()).toEqual(["id", ...properties.map(([name]) => name)].sort());
  });

  const strangers = [...foreignPropertiesOf(ASSIGNMENT, version), ["noSuchProperty", { type: "Edm.String" }] as const];
  test.each(strangers)(`${ASSIGNMENT}.%s: is no property here`, async (name, { type }) => {
    const value = oneOf(type, "beta");
    expectRefused((await assign({ target: ALL_DEVICES, [name]: value })).answer, name, value);
  });

  test.each([...targetProperties, ...foreignPropertiesOf(TARGET, version)])(
    `${TARGET}.%s: as the schema of this version has it`,
    async (name, { type, versions, nullable }) => {
      const { good, wrong } = samplesOf(type, "beta");
      const known = versions.includes(version);
      for (const value of good) {
        const { answer, assignments } = await assign({ target: { ...ALL_DEVICES, [name]: value } });
        if (!known) expectRefused(answer, name, value);
        else expect([value, answer.status, at(assignments[0], "target", name)]).toEqual([value, 200, value]);
      }
      for (const value of nullable ? wrong : [...wrong, null]) {
        expectRefused((await assign({ target: { ...ALL_DEVICES, [name]: value } })).answer, name, value);
      }
    },
  );

  test("assign replaces what was assigned before", async () => {
    const policies = `/${version}/deviceManagement/deviceCompliancePolicies`;
    const { body } = await contract.client.call("POST", policies, policyBody());
    const policy = `${policies}/${at(body, "id") as string}`;
    for (const count of [2, 1, 0]) {
      const assignments = samplesOf(`graph.${TARGET}`, version)
        .good.slice(0, count)
        .map((target) => ({ target }));
      const { status } = await contract.client.call("POST", `${policy}/assign`, { assignments });
      expect(status).toBe(200);
      expect(at((await contract.client.call("GET", `${policy}/assignments`)).body, "value")).toHaveLength(count);
    }
  });
});
