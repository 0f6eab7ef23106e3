import { at, requestToken } from "../unit/emulator/support/graphClient";
import type { Json, JsonMap } from "../unit/emulator/support/graphClient";
import { APP, Contract } from "./support/contract";
import { CONTROL_INFORMATION, WRAPPED_IN_VALUE } from "./support/differences";
import { inDocumentationLayout, sendExactly } from "./support/exactRequest";
import type { ExactAnswer } from "./support/exactRequest";
import { operations } from "./support/facts";
import type { DocumentedOperation } from "./support/facts";

const STATUSES = "/deviceManagement/deviceCompliancePolicies/{deviceCompliancePolicy-id}/deviceStatuses";
/** Each an application of its own: what one permission alone opens. */
const ROLES = [
  "DeviceManagementConfiguration.Read.All",
  "DeviceManagementConfiguration.ReadWrite.All",
  "DeviceManagementManagedDevices.ReadWrite.All",
];
const APPS = ROLES.map((role, index) => ({
  ...APP,
  clientId: `c0000000-0000-4000-8000-00000000001${index}`,
  roles: [role],
}));

let contract: Contract;
beforeEach(async () => {
  contract = await Contract.start({ apps: [APP, ...APPS] });
});
afterEach(() => contract.stop());

/** The page's example, sent to an emulator that holds the example's entity where the page supposes one. */
async function exchange(
  operation: DocumentedOperation,
  token = contract.client.token,
): Promise<{ answer: ExactAnswer; id: string }> {
  const { version, request, endpoint } = operation;
  const path = await contract.pathOf(version, STATUSES);
  let id = "";
  if (operation.operation !== "create") {
    // An update of what is the same already would show nothing.
    const before = operation.operation === "update" ? { status: "error", userName: "Before" } : {};
    const created = await contract.client.call("POST", path, { ...entityOf(operation), ...before });
    expect(created.status).toBe(201);
    id = at(created.body, "id") as string;
  }
  const policyId = path.split("/").at(-2) ?? "";
  const resource = endpoint.path
    .replace("{deviceCompliancePolicyId}", policyId)
    .replace("{deviceComplianceDeviceStatusId}", id);
  const address = contract.emulator.graphEndpoint;
  expect(request.startLine).toBe(`${endpoint.method} https://graph.microsoft.com/${version}${endpoint.path}`);
  const headers = { ...request.headers, Authorization: `Bearer ${token}`, Accept: "application/json" };
  const body = request.body && inDocumentationLayout(request.body);
  const answer = await sendExactly(`${address}/${version}${resource}`, endpoint.method, headers, body);
  return { answer, id };
}

/** The example's entity as the create page of the same version posts it: the pages of one version share it. */
function entityOf({ version }: DocumentedOperation): JsonMap {
  const page = operations.find((other) => other.version === version && other.operation === "create");
  if (page?.request.body === undefined) throw new Error(`${version} has no create page with a body`);
  return page.request.body;
}

/**
 * The answer as the page would show it: with the page's id in place of the service's own, without the control information
 * that the pages leave out of lists, and wrapped where the page's example wraps it.
 */
function asOnThePage({ operation, answer }: DocumentedOperation, body: Json, id: string): Json {
  const shown = at(answer.body, "value") ?? answer.body;
  const exampleId = at(Array.isArray(shown) ? shown[0] : shown, "id");
  const renamed = (entity: Json): Json => {
    if (id !== "") expect(at(entity, "id")).toBe(id);
    return { ...(entity as JsonMap), id: exampleId };
  };
  if (operation === "list") {
    expect(Object.keys(body as object)).toEqual([...CONTROL_INFORMATION, "value"]);
    return { value: (at(body, "value") as Json[]).map(renamed) };
  }
  return WRAPPED_IN_VALUE.includes(operation) ? { value: renamed(body) } : renamed(body);
}

test("the facts are the five operations of two versions, with the lengths their pages print", () => {
  const lengths = operations.map(({ version, operation, status, request, answer }) => [
    `${version} ${operation}`,
    status,
    request.headers["Content-length"],
    answer.headers["Content-Length"],
  ]);
  expect(lengths).toEqual([
    ["beta create", 201, "444", "493"],
    ["beta get", 200, undefined, "532"],
    ["beta list", 200, undefined, "566"],
    ["beta update", 200, "444", "493"],
    ["beta delete", 204, undefined, undefined],
    ["v1.0 create", 201, "426", "475"],
    ["v1.0 get", 200, undefined, "512"],
    ["v1.0 list", 200, undefined, "544"],
    ["v1.0 update", 200, "426", "475"],
    ["v1.0 delete", 204, undefined, undefined],
  ]);
});

describe.each(operations)("$version $operation", (operation) => {
  test("the documented request has the documented length and gets the documented answer", async () => {
    const { request, answer: documented, status } = operation;
    if (request.body !== undefined) {
      const length = Buffer.byteLength(inDocumentationLayout(request.body));
      expect(String(length)).toBe(request.headers["Content-length"]);
    }
    const { answer, id } = await exchange(operation);
    expect(`HTTP/1.1 ${answer.status} ${answer.statusText}`).toBe(documented.startLine);
    expect(answer.status).toBe(status);
    if (documented.body === undefined) {
      expect([answer.bytes.length, answer.headers["content-type"]]).toEqual([0, undefined]);
      return;
    }
    expect(String(answer.headers["content-type"]).split(";")[0]).toBe(documented.headers["Content-Type"]);
    const body = asOnThePage(operation, JSON.parse(answer.bytes.toString()) as Json, id);
    // Names in the documented order too, or the texts would not have the same bytes.
    const text = inDocumentationLayout(body);
    expect(text).toBe(inDocumentationLayout(documented.body));
    expect(String(Buffer.byteLength(text))).toBe(documented.headers["Content-Length"]);
  });

  test.each(APPS)("$roles.0 opens it just if the page names that permission", async (app) => {
    const { application, delegated } = operation.permissions;
    expect(application).toEqual(delegated);
    const token = await requestToken({
      authority: contract.emulator.authority,
      graphEndpoint: contract.emulator.graphEndpoint,
      app,
    });
    const { answer } = await exchange(operation, token);
    expect(answer.status).toBe(application.includes(app.roles[0] ?? "") ? operation.status : 403);
  });
});
