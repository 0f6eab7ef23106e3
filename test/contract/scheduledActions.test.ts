import { at } from "../unit/emulator/support/graphClient";
import type { GraphResponse, Json, JsonMap } from "../unit/emulator/support/graphClient";
import { Contract, expectRefused, policyBody } from "./support/contract";
import { propertiesOf } from "./support/entityTypes";
import { VERSIONS } from "./support/facts";
import type { Version } from "./support/facts";
import { samplesOf } from "./support/sampleValues";

const ACTION = "deviceComplianceActionItem";
const RULE = "deviceComplianceScheduledActionForRule";
const EXPAND = "$expand=scheduledActionsForRule($expand=scheduledActionConfigurations)";
const BLOCK = { actionType: "block", gracePeriodHours: 0 };
/** The schema's own words for the property: "Valid values 0 to 8760". */
const GRACE_PERIOD_HOURS = { good: [0, 1, 8760], wrong: [-1, 8761, "7", 1.5, false, 2147483648] };

let contract: Contract;
beforeAll(async () => {
  contract = await Contract.start();
});
afterAll(() => contract.stop());

const valuesOf = (name: string, type: string, version: Version): { good: readonly Json[]; wrong: readonly Json[] } =>
  name === "gracePeriodHours" ? GRACE_PERIOD_HOURS : samplesOf(type, version);

const rulesWith = (...actions: JsonMap[]): JsonMap[] => [
  { ruleName: "PasswordRequired", scheduledActionConfigurations: [BLOCK, ...actions] },
];

describe.each(VERSIONS)("%s", (version) => {
  const policies = `/${version}/deviceManagement/deviceCompliancePolicies`;
  const actions = propertiesOf(ACTION, version);

  const post = (rules: Json): Promise<GraphResponse> =>
    contract.client.call("POST", policies, { ...policyBody(), scheduledActionsForRule: rules });
  const schedule = async (rules: Json): Promise<[GraphResponse, string]> => {
    const policy = `${policies}/${at((await post(rulesWith())).body, "id") as string}`;
    const parameters = { deviceComplianceScheduledActionForRules: rules };
    return [await contract.client.call("POST", `${policy}/scheduleActionsForRules`, parameters), policy];
  };
  /** The second action of a policy, as it is read back. */
  const secondAction = async (policy: string): Promise<Json> => {
    const { status, body } = await contract.client.call("GET", `${policy}?${EXPAND}`);
    expect(status).toBe(200);
    return at(body, "scheduledActionsForRule", 0, "scheduledActionConfigurations", 1);
  };

  test.each(actions)(`${ACTION}.%s: good values are kept and given back`, async (name, { type }) => {
    for (const value of valuesOf(name, type, version).good) {
      // Exactly one block action is allowed, so the sample of it is the first action and not a second.
      if (value === "block") continue;
      const action = { actionType: "retire", gracePeriodHours: 24, [name]: value };
      const created = await post(rulesWith(action));
      expect([value, created.status]).toEqual([value, 201]);
      expect(await secondAction(`${policies}/${at(created.body, "id") as string}`)).toMatchObject(action);
      const [answer, policy] = await schedule(rulesWith(action));
      expect([value, answer.status, answer.body]).toEqual([value, 204, undefined]);
      expect(await secondAction(policy)).toMatchObject(action);
    }
  });

  test.each(actions)(`${ACTION}.%s: values of another type are refused`, async (name, { type }) => {
    for (const value of valuesOf(name, type, version).wrong) {
      const rules = rulesWith({ actionType: "retire", gracePeriodHours: 24, [name]: value });
      expectRefused(await post(rules), name, value);
      const [answer, policy] = await schedule(rules);
      expectRefused(answer, name, value);
      expect(await secondAction(policy)).toBeUndefined();
    }
  });

  test.each(actions.filter(([, { type }]) => !type.startsWith("Collection(")))(
    `${ACTION}.%s: null as the schema has it`,
    async (name, { nullable }) => {
      const answer = await post(rulesWith({ actionType: "retire", gracePeriodHours: 24, [name]: null }));
      if (!nullable) {
        expectRefused(answer, name, null);
        return;
      }
      expect(answer.status).toBe(201);
      expect(at(await secondAction(`${policies}/${at(answer.body, "id") as string}`), name)).toBeNull();
    },
  );

  test("an action and a rule have the properties of the schema and no other", async () => {
    const created = await post(rulesWith({ actionType: "retire", gracePeriodHours: 24 }));
    const { body } = await contract.client.call("GET", `${policies}/${at(created.body, "id") as string}?${EXPAND}`);
    const namesOf = (entity: Json): string[] => Object.keys(entity as object).filter((name) => !name.includes("@"));
    const [rule] = at(body, "scheduledActionsForRule") as Json[];
    const ruleNames = propertiesOf(RULE, version).map(([name]) => name);
    expect(namesOf(rule).sort()).toEqual(["id", ...ruleNames, "scheduledActionConfigurations"].sort());
    const [action] = at(rule, "scheduledActionConfigurations") as Json[];
    expect(namesOf(action).sort()).toEqual(["id", ...actions.map(([name]) => name)].sort());
    expectRefused(await post(rulesWith({ ...BLOCK, actionType: "retire", noSuchProperty: 1 })), "noSuchProperty", 1);
    expectRefused(await post([{ ...rulesWith()[0], noSuchProperty: 1 }]), "noSuchProperty", 1);
  });

  test("ruleName takes a text or null, and is never given back", async () => {
    for (const ruleName of ["PasswordRequired", null]) {
      const created = await post([{ ruleName, scheduledActionConfigurations: [BLOCK] }]);
      expect([ruleName, created.status]).toEqual([ruleName, 201]);
      const { body } = await contract.client.call("GET", `${policies}/${at(created.body, "id") as string}?${EXPAND}`);
      expect(at(body, "scheduledActionsForRule", 0, "ruleName")).toBeNull();
    }
    expectRefused(await post([{ ruleName: 7, scheduledActionConfigurations: [BLOCK] }]), "ruleName", 7);
  });
});
