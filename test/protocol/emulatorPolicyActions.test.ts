import { startEmulator } from "intune-emulator";
import type { Emulator } from "intune-emulator";
import { at, createPolicy, GraphClient, POLICIES } from "../unit/emulator/support/graphClient";
import type { Json } from "../unit/emulator/support/graphClient";

let emulator: Emulator;
let client: GraphClient;
let policyId: string;
let policy: string;

beforeEach(async () => {
  emulator = await startEmulator();
  client = await GraphClient.of(emulator);
  policyId = await createPolicy(client);
  policy = `${POLICIES}/${policyId}`;
});
afterEach(async () => {
  await client.close();
  await emulator.close();
});

const group = (groupId: string): Record<string, unknown> => ({
  target: { "@odata.type": "#microsoft.graph.groupAssignmentTarget", groupId },
});
const ALL_DEVICES = { target: { "@odata.type": "#microsoft.graph.allDevicesAssignmentTarget" } };
const messageOf = (body: Json): string => at(body, "error", "message") as string;
const idOf = (entity: Json): string => at(entity, "id") as string;
const idsOf = (list: Json): string[] => (at(list, "value") as Json[]).map(idOf);
const BLOCK_TEXT = "Compliance policy must have one and only one block scheduled action";

test.each(["assign", "microsoft.graph.assign"])(
  "%s: 200 with the assignments, which replace all before",
  async (name) => {
    await client.call("POST", `${policy}/assign`, { assignments: [group("g0")] });
    const { status, body } = await client.call("POST", `${policy}/${name}`, {
      assignments: [
        { "@odata.type": "#microsoft.graph.deviceCompliancePolicyAssignment", ...group("g1") },
        ALL_DEVICES,
      ],
    });
    expect([status, at(body, "value", 0)]).toEqual([
      200,
      {
        "@odata.type": "#microsoft.graph.deviceCompliancePolicyAssignment",
        id: `${policyId}_g1`,
        ...group("g1"),
        source: "direct",
        sourceId: null,
      },
    ]);
    const ids = [`${policyId}_g1`, `${policyId}_adadadad-808e-44e2-905a-0b7873a8a531`];
    expect(idsOf(body)).toEqual(ids);
    expect(idsOf((await client.call("GET", `${policy}/assignments`)).body)).toEqual(ids);
    const { body: v1 } = await client.call("GET", `${policy.replace("beta", "v1.0")}?$expand=assignments`);
    expect(at(v1, "assignments", 0)).toEqual({
      "@odata.type": "#microsoft.graph.deviceCompliancePolicyAssignment",
      id: ids[0],
      ...group("g1"),
    });
    expect((await client.call("POST", `${policy}/assign`, { assignments: [] })).body).toEqual({ value: [] });
  },
);

test.each<[string, unknown, string]>([
  ["no parameter", {}, "Parameter 'assignments' is required"],
  ["another parameter", { assignments: [], policies: [] }, "Parameter 'policies' does not exist"],
  ["no array", { assignments: {} }, "'assignments' must be an array"],
  ["a target without type", { assignments: [{ target: { groupId: "g" } }] }, "must have an '@odata.type' of"],
  [
    "a target of a type that is none",
    { assignments: [{ target: { "@odata.type": "#microsoft.graph.deviceAndAppManagementAssignmentTarget" } }] },
    "#microsoft.graph.groupAssignmentTarget",
  ],
  ["an unknown part of a target", { assignments: [{ target: { ...ALL_DEVICES.target, groupId: "g" } }] }, "'groupId'"],
  ["the same group twice", { assignments: [group("g"), group("g")] }, "has the same target twice"],
  ["a source of its own", { assignments: [{ ...ALL_DEVICES, source: "mine" }] }, "must be one of direct, policySets"],
])("assign: %s is refused and nothing changes", async (_, parameters, text) => {
  await client.call("POST", `${policy}/assign`, { assignments: [ALL_DEVICES] });
  const { status, body } = await client.call("POST", `${policy}/assign`, parameters);
  expect(status).toBe(400);
  expect(messageOf(body)).toContain(text);
  expect(idsOf((await client.call("GET", `${policy}/assignments`)).body)).toHaveLength(1);
});

test("assignments: one by one, as documented; a filter is beta's", async () => {
  const filter = {
    deviceAndAppManagementAssignmentFilterId: "f",
    deviceAndAppManagementAssignmentFilterType: "include",
  };
  const filtered = { target: { ...ALL_DEVICES.target, ...filter } };
  const created = await client.call("POST", `${policy}/assignments`, filtered);
  const id = at(created.body, "id") as string;
  expect([created.status, at(created.body, "target")]).toEqual([201, filtered.target]);
  expect(created.headers["location"]).toBe(`${emulator.graphEndpoint}${POLICIES}('${policyId}')/assignments('${id}')`);
  expect((await client.call("POST", `${policy}/assignments`, ALL_DEVICES)).status).toBe(400);
  const v1 = `${policy.replace("beta", "v1.0")}/assignments`;
  expect((await client.call("PATCH", `${v1}/${id}`, filtered)).status).toBe(400);
  expect((await client.call("GET", `${policy}/assignments/$count`)).body).toBe(1);
  const updated = await client.call("PATCH", `${policy}/assignments/${id}`, ALL_DEVICES);
  expect([updated.status, at(updated.body, "target")]).toEqual([200, ALL_DEVICES.target]);
  expect((await client.call("GET", `${policy}/assignments/${id}`)).body).toEqual(updated.body);
  const gone = [];
  for (const method of ["DELETE", "DELETE", "GET"] as const)
    gone.push((await client.call(method, `${policy}/assignments/${id}`)).status);
  expect(gone).toEqual([204, 404, 404]);
});

test("assignments: concurrent ones all count", async () => {
  const groups = Array.from({ length: 20 }, (_, index) => group(`g${index}`));
  await Promise.all(groups.map((body) => client.call("POST", `${policy}/assignments`, body)));
  expect((await client.call("GET", `${policy}/assignments/$count`)).body).toBe(20);
});

const rules = (...actions: unknown[]): unknown => [{ ruleName: "r", scheduledActionConfigurations: actions }];
const EXPAND = "$expand=scheduledActionsForRule($expand=scheduledActionConfigurations)";

test("scheduleActionsForRules: 204, and the rules are replaced", async () => {
  const answer = await client.call("POST", `${policy}/scheduleActionsForRules`, {
    deviceComplianceScheduledActionForRules: rules(
      { actionType: "block", gracePeriodHours: 72 },
      { actionType: "notification", gracePeriodHours: 24, notificationMessageCCList: ["a@b"] },
    ),
  });
  expect([answer.status, answer.body]).toEqual([204, undefined]);
  const { body } = await client.call("GET", `${policy}?${EXPAND}`);
  const actions = at(body, "scheduledActionsForRule", 0, "scheduledActionConfigurations") as Json[];
  expect(actions.map((action) => [at(action, "actionType"), at(action, "gracePeriodHours")])).toEqual([
    ["block", 72],
    ["notification", 24],
  ]);
});

test.each<[string, unknown, string]>([
  ["no block action", { deviceComplianceScheduledActionForRules: rules({ actionType: "wipe" }) }, BLOCK_TEXT],
  ["no rule", { deviceComplianceScheduledActionForRules: [] }, BLOCK_TEXT],
  [
    "an action without type",
    { deviceComplianceScheduledActionForRules: rules({}) },
    "'actionType' of microsoft.graph.deviceComplianceActionItem is required",
  ],
  ["no parameter", {}, "Parameter 'deviceComplianceScheduledActionForRules' is required"],
])("scheduleActionsForRules: %s is refused and nothing changes", async (_, parameters, text) => {
  const { body: before } = await client.call("GET", `${policy}?${EXPAND}`);
  const { status, body } = await client.call("POST", `${policy}/scheduleActionsForRules`, parameters);
  expect(status).toBe(400);
  expect(messageOf(body)).toContain(text);
  expect((await client.call("GET", `${policy}?${EXPAND}`)).body).toEqual(before);
});

test("scheduledActionsForRule and its actions: one by one, as documented, with one block action at all times", async () => {
  const collection = `${policy}/scheduledActionsForRule`;
  const { body: list } = await client.call("GET", collection);
  const first = `${collection}/${idsOf(list)[0] ?? ""}`;
  const second = await client.call("POST", collection, { ruleName: "more" });
  expect([second.status, at(second.body, "ruleName")]).toEqual([201, null]);
  expect((await client.call("DELETE", first)).status).toBe(400);
  const actions = `${first}/scheduledActionConfigurations`;
  const { body: blocks } = await client.call("GET", actions);
  const block = `${actions}/${idsOf(blocks)[0] ?? ""}`;
  expect((await client.call("PATCH", block, { gracePeriodHours: 12 })).body).toMatchObject({
    actionType: "block",
    gracePeriodHours: 12,
  });
  expect(messageOf((await client.call("PATCH", block, { actionType: "retire" })).body)).toContain(BLOCK_TEXT);
  expect(messageOf((await client.call("POST", actions, { actionType: "block" })).body)).toContain(BLOCK_TEXT);
  const added = await client.call("POST", actions, { actionType: "pushNotification" });
  const pushed = `${policy}/scheduledActionsForRule('${idsOf(list)[0] ?? ""}')/scheduledActionConfigurations`;
  expect(added.headers["location"]).toContain(`${pushed.replace(`/${policyId}/`, `('${policyId}')/`)}('`);
  expect((await client.call("GET", `${actions}/$count`)).body).toBe(2);
  expect((await client.call("DELETE", `${actions}/${idOf(added.body)}`)).status).toBe(204);
  expect((await client.call("DELETE", `${collection}/${idOf(second.body)}`)).status).toBe(204);
  expect((await client.call("GET", `${collection}/none/scheduledActionConfigurations`)).status).toBe(404);
  expect(at((await client.call("GET", block)).body, "gracePeriodHours")).toBe(12);
});

test("observed: the actions are served, the generated paths are not", async () => {
  emulator.setProfile("observed");
  expect((await client.call("POST", `${policy}/assign`, { assignments: [group("g")] })).status).toBe(200);
  const block = { deviceComplianceScheduledActionForRules: rules({ actionType: "block" }) };
  expect((await client.call("POST", `${policy}/scheduleActionsForRules`, block)).status).toBe(204);
  const { body: assignments } = await client.call("GET", `${policy}/assignments`);
  expect(at(assignments, "value", 0)).toEqual({ id: `${policyId}_g`, ...group("g"), source: "direct", sourceId: null });
  for (const [method, tail] of [
    ["POST", "assignments"],
    ["DELETE", "assignments/x"],
    ["GET", "scheduledActionsForRule"],
    ["GET", "scheduledActionsForRule/x/scheduledActionConfigurations"],
  ] as const) {
    const { status, body } = await client.call(method, `${policy}/${tail}`, method === "POST" ? group("h") : undefined);
    expect([status, at(body, "error", "code")]).toEqual([400, "No method match route template"]);
  }
});

test("neither action is served of a policy that is not there, nor with another verb", async () => {
  expect((await client.call("POST", `${POLICIES}/none/assign`, { assignments: [] })).status).toBe(404);
  expect((await client.call("GET", `${policy}/assign`)).status).toBe(405);
});
