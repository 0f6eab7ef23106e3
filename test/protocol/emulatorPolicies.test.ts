import { startEmulator } from "intune-emulator";
import type { Emulator } from "intune-emulator";
import { at, createPolicy, GraphClient, NEW_POLICY, POLICIES } from "../unit/emulator/support/graphClient";
import type { Json } from "../unit/emulator/support/graphClient";

let emulator: Emulator;
let client: GraphClient;

beforeEach(async () => {
  emulator = await startEmulator({ pageSize: 2 });
  client = await GraphClient.of(emulator);
});
afterEach(async () => {
  await client.close();
  await emulator.close();
});

test("create: 201 with the policy, without its scheduled actions", async () => {
  const { status, headers, body } = await client.call("POST", POLICIES, { ...NEW_POLICY, osMinimumVersion: "10.0" });
  expect(status).toBe(201);
  const id = at(body, "id") as string;
  expect(headers["location"]).toBe(`${emulator.graphEndpoint}${POLICIES}('${id}')`);
  expect(body).toMatchObject({
    "@odata.type": "#microsoft.graph.windows10CompliancePolicy",
    id,
    roleScopeTagIds: ["0"],
    createdDateTime: expect.stringMatching(/^\d{4}-.*Z$/) as string,
    description: null,
    lastModifiedDateTime: at(body, "createdDateTime"),
    displayName: "Fixture policy",
    version: 1,
    osMinimumVersion: "10.0",
    bitLockerEnabled: false,
  });
  expect(Object.keys(body as object)).toEqual(expect.not.arrayContaining(["scheduledActionsForRule", "assignments"]));
  expect((await client.call("GET", `${POLICIES}/${id}`)).body).toEqual(body);
});

test("get: $expand brings the scheduled actions; ruleName is never given back", async () => {
  const id = await createPolicy(client);
  const expand = "$expand=scheduledActionsForRule($expand=scheduledActionConfigurations)";
  const { body } = await client.call("GET", `${POLICIES}/${id}?${expand}`);
  expect(at(body, "scheduledActionsForRule")).toEqual([
    {
      "@odata.type": "#microsoft.graph.deviceComplianceScheduledActionForRule",
      id: expect.any(String) as string,
      ruleName: null,
      scheduledActionConfigurations: [
        {
          "@odata.type": "#microsoft.graph.deviceComplianceActionItem",
          id: expect.any(String) as string,
          actionType: "block",
          gracePeriodHours: 0,
          notificationTemplateId: "",
          notificationMessageCCList: [],
        },
      ],
    },
  ]);
  expect((await client.call("GET", `${POLICIES}/${id}?$expand=scheduledActionsForRule($top=1)`)).status).toBe(501);
  expect((await client.call("GET", `${POLICIES}/${id}?$expand=devices`)).status).toBe(400);
});

test("get scheduledActionsForRule: documented as a list of its own", async () => {
  const id = await createPolicy(client);
  const { status, body } = await client.call("GET", `${POLICIES}/${id}/scheduledActionsForRule`);
  expect([status, at(body, "value")]).toEqual([
    200,
    [
      {
        "@odata.type": "#microsoft.graph.deviceComplianceScheduledActionForRule",
        id: expect.any(String) as string,
        ruleName: null,
      },
    ],
  ]);
});

test("list: in pages; v1.0 leaves roleScopeTagIds out", async () => {
  const ids = [await createPolicy(client), await createPolicy(client), await createPolicy(client)];
  const v1 = POLICIES.replace("beta", "v1.0");
  const first = await client.call("GET", v1);
  const second = await client.call("GET", at(first.body, "@odata.nextLink") as string);
  const entities = [first, second].flatMap(({ body }) => at(body, "value") as Json[]);
  expect(entities.map((entity) => at(entity, "id"))).toEqual(ids);
  expect(at(first.body, "@odata.context")).toBe(
    `${emulator.graphEndpoint}/v1.0/$metadata#deviceManagement/deviceCompliancePolicies`,
  );
  expect(entities.map((entity) => at(entity, "roleScopeTagIds"))).toEqual([undefined, undefined, undefined]);
});

test("delete: 204, then 404", async () => {
  const id = await createPolicy(client);
  const answers = [];
  for (const method of ["DELETE", "DELETE", "GET"] as const)
    answers.push((await client.call(method, `${POLICIES}/${id}`)).status);
  expect(answers).toEqual([204, 404, 404]);
});

test("store: policies are given whole, as copies", async () => {
  const id = await createPolicy(client);
  const [policy] = emulator.store.policies();
  expect([policy?.id, policy?.displayName, policy?.["@odata.type"]]).toEqual([
    id,
    "Fixture policy",
    NEW_POLICY["@odata.type"],
  ]);
  Object.assign(policy ?? {}, { displayName: "changed" });
  expect(emulator.store.policies()[0]?.displayName).toBe("Fixture policy");
});
