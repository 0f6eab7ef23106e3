import { at, requestToken } from "../unit/emulator/support/graphClient";
import type { GraphResponse, Json, JsonMap } from "../unit/emulator/support/graphClient";
import { APP, Contract, policyBody, smallestOf } from "./support/contract";
import { VERSIONS, observed } from "./support/facts";
import type { Version } from "./support/facts";

const STATUS = "deviceComplianceDeviceStatus";
const READER = {
  ...APP,
  clientId: "c0000000-0000-4000-8000-000000000020",
  roles: ["DeviceManagementConfiguration.Read.All"],
};

let contract: Contract;
let policyId: string;
beforeEach(async () => {
  contract = await Contract.start({ profile: "observed", apps: [APP, READER] });
  const created = await contract.client.call("POST", "/beta/deviceManagement/deviceCompliancePolicies", policyBody());
  policyId = at(created.body, "id") as string;
});
afterEach(() => contract.stop());

const policyPath = (version: Version): string => `/${version}/deviceManagement/deviceCompliancePolicies/${policyId}`;
const statuses = (version: Version): string => `${policyPath(version)}/deviceStatuses`;

/** A text with its GUIDs and digits as the facts write them. */
function shapeOf(value: Json): string {
  if (typeof value !== "string") return value === null ? "null" : typeof value;
  const guids = value.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "{guid}");
  if (guids !== value) return guids;
  return /^\d{4}-\d\d-\d\dT/.test(value) ? value.replace(/\d/g, "d") : "string";
}
const shapesOf = (value: Json): Record<string, string> =>
  Object.fromEntries(Object.entries(value as JsonMap).map(([name, inner]) => [name, shapeOf(inner)]));

test("a listed status has the names, order and spellings of the captures", async () => {
  const { properties, noGracePeriod } = observed.deviceStatusListItem;
  await contract.emulator.store.putDeviceStatus(policyId, {
    deviceDisplayName: "CONTOSO-0001",
    userName: "System account",
    userPrincipalName: "System account",
    status: "compliant",
    complianceGracePeriodExpirationDateTime: noGracePeriod,
    lastReportedDateTime: "2026-01-02T04:04:05.5+01:00",
  });
  const { status, body } = await contract.client.call("GET", statuses("beta"));
  const item = at(body, "value", 0);
  expect(status).toBe(200);
  expect(Object.entries(shapesOf(item))).toEqual(Object.entries(properties));
  // "the middle GUID equals the parent policy/configuration id in every capture"
  expect((at(item, "id") as string).split("_")[1]).toBe(policyId);
  expect(at(item, "complianceGracePeriodExpirationDateTime")).toBe(noGracePeriod);
  expect(at(item, "lastReportedDateTime")).toBe("2026-01-02T03:04:05.5000000Z");
  const { platform, ...inV1 } = properties;
  const v1 = await contract.client.call("GET", statuses("v1.0"));
  expect([platform, shapesOf(at(v1.body, "value", 0))]).toEqual(["number", inV1]);
});

function expectNoRoute(answer: GraphResponse, template: string, verb: string, path: string): void {
  const { status, code, message, innerError } = observed.routeNotImplemented;
  expect([verb, answer.status, at(answer.body, "error", "code")]).toEqual([verb, status, code]);
  expect(Object.keys(at(answer.body, "error") as object)).toEqual(["code", "message", "innerError"]);
  const [before = "", after = ""] = message
    .replace("{template}", template)
    .replace("{verb}", verb)
    .replace("{path}", path)
    .split("{service}");
  const text = at(answer.body, "error", "message") as string;
  expect(text.slice(0, before.length)).toBe(before);
  expect(text.slice(before.length)).toMatch(/^\w+\/\w+\//);
  expect(text.endsWith(after)).toBe(true);
  expect(shapesOf(at(answer.body, "error", "innerError"))).toEqual(innerError);
}

describe.each(VERSIONS)("%s: what the metadata has and the service has not", (version) => {
  const { collection, item } = observed.routeNotImplemented.templates;

  test.each(["GET", "PATCH", "DELETE"] as const)("%s of a status by key", async (method) => {
    const { id } = await contract.emulator.store.putDeviceStatus(policyId, {});
    const body = method === "PATCH" ? { status: "compliant" } : undefined;
    const answer = await contract.client.call(method, `${statuses(version)}/${id}`, body);
    const path = `deviceManagement/deviceCompliancePolicies('${policyId}')/deviceStatuses('${id}')`;
    expectNoRoute(answer, item, method, path);
    expect(contract.emulator.store.deviceStatuses(policyId)).toMatchObject([{ id, status: "unknown" }]);
  });

  test("POST of a status", async () => {
    const answer = await contract.client.call("POST", statuses(version), smallestOf(STATUS, version));
    expectNoRoute(
      answer,
      collection,
      "POST",
      `deviceManagement/deviceCompliancePolicies('${policyId}')/deviceStatuses`,
    );
    expect(contract.emulator.store.deviceStatuses(policyId)).toEqual([]);
  });

  test("POST of an assignment, and GET of scheduledActionsForRule", async () => {
    const container = `deviceManagement/deviceCompliancePolicies('${policyId}')`;
    const target = { "@odata.type": "#microsoft.graph.allDevicesAssignmentTarget" };
    const posted = await contract.client.call("POST", `${policyPath(version)}/assignments`, { target });
    expectNoRoute(posted, collection, "POST", `${container}/assignments`);
    const read = await contract.client.call("GET", `${policyPath(version)}/scheduledActionsForRule`);
    expectNoRoute(read, collection, "GET", `${container}/scheduledActionsForRule`);
  });

  test("$filter on deviceStatuses", async () => {
    const { status } = await contract.client.call("GET", `${statuses(version)}?$filter=status eq 'nonCompliant'`);
    expect(status).toBe(observed.filterOnDeviceStatuses.status);
  });
});

/** The document within `message`, against the captured one. */
function expectIntuneDocument(answer: GraphResponse, code: string): string {
  const { lineEnd, fields, operationId, innerError } = observed.forbidden;
  expect(at(answer.body, "error", "code")).toBe(code);
  const message = at(answer.body, "error", "message") as string;
  expect(
    message
      .split("\n")
      .slice(0, -1)
      .every((line) => line.endsWith(lineEnd.slice(0, -1))),
  ).toBe(true);
  expect(message.split(lineEnd)).toHaveLength(Object.keys(fields).length + 2);
  const document = JSON.parse(message) as JsonMap;
  expect(Object.entries({ ...document, Message: "" })).toEqual(Object.entries({ ...fields, Message: "" }));
  const [text = "", operation, activity, url] = (document["Message"] as string).split(
    / - Operation ID \(for customer support\): | - Activity ID: | - Url: /,
  );
  expect([operation, activity]).toEqual([operationId, at(answer.body, "error", "innerError", "client-request-id")]);
  expect(url).toMatch(/^https:\/\/fef\..*\/deviceManagement\/.*\?api-version=/);
  expect(shapesOf(at(answer.body, "error", "innerError"))).toEqual(innerError);
  return text;
}

test("403: Intune's document, in its words, with the ids of the request", async () => {
  const { authority, graphEndpoint } = contract.emulator;
  const authorization = `Bearer ${await requestToken({ authority, graphEndpoint, app: READER })}`;
  const path = "/beta/deviceManagement/deviceCompliancePolicies";
  const answer = await contract.client.call("POST", path, policyBody(), { authorization });
  expect(answer.status).toBe(observed.forbidden.status);
  expect(expectIntuneDocument(answer, observed.forbidden.code)).toBe(observed.forbidden.text);
});

test("400: a policy without its block action, in Intune's words", async () => {
  const path = "/beta/deviceManagement/deviceCompliancePolicies";
  const answer = await contract.client.call("POST", path, { ...policyBody(), scheduledActionsForRule: [] });
  expect(answer.status).toBe(observed.missingBlockAction.status);
  expect(expectIntuneDocument(answer, "BadRequest")).toContain(observed.missingBlockAction.text);
});

test("429: each captured spelling of Retry-After can be had, and none at all", async () => {
  const { seconds } = observed.retryAfter;
  expect(seconds).toEqual(["10", "2.128"]);
  for (const value of [...seconds, undefined]) {
    const headers: Record<string, string> = value === undefined ? {} : { "Retry-After": value };
    contract.emulator.faults.add({ match: { method: "GET" }, times: 1, fault: { status: 429, headers } });
    const answer = await contract.client.call("GET", statuses("beta"));
    expect([answer.status, answer.headers["retry-after"]]).toEqual([429, value]);
  }
});

// Seen with tokens of users, whom the emulator does not know: a difference on purpose.
test("401: a bad token is Graph's own error, not the document within a document that two threads show", async () => {
  const answer = await contract.client.call("GET", statuses("beta"), undefined, { authorization: "Bearer none" });
  expect([answer.status, at(answer.body, "error", "code")]).toEqual([
    observed.doublyNested.status,
    "InvalidAuthenticationToken",
  ]);
  expect(observed.doublyNested.code).toBe("UnknownError");
});
