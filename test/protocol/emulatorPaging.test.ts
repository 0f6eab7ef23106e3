import { startEmulator } from "intune-emulator";
import type { Emulator } from "intune-emulator";
import { at, createPolicy, GraphClient, POLICIES, statusOf } from "../unit/emulator/support/graphClient";
import type { Json } from "../unit/emulator/support/graphClient";

let emulator: Emulator;
let client: GraphClient;
let policyId: string;
let statuses: string;

beforeEach(async () => {
  emulator = await startEmulator();
  client = await GraphClient.of(emulator);
  policyId = await createPolicy(client);
  statuses = `${POLICIES}/${policyId}/deviceStatuses`;
});
afterEach(async () => {
  await client.close();
  await emulator.close();
});

async function create(deviceDisplayName: string): Promise<string> {
  return at((await client.call("POST", statuses, statusOf(deviceDisplayName))).body, "id") as string;
}

const namesIn = (list: Json): Json[] => (at(list, "value") as Json[]).map((entity) => at(entity, "deviceDisplayName"));

test("paging: 51 to a page, nextLinks lead through all, the last page has none", async () => {
  for (let index = 0; index < 120; index++)
    await emulator.store.putDeviceStatus(policyId, { deviceDisplayName: `device ${index}` });
  const seen: Json[][] = [];
  let next: string | undefined = statuses;
  while (next !== undefined) {
    const { body } = await client.call("GET", next);
    seen.push(namesIn(body));
    expect(at(body, "@odata.count")).toBe(120);
    next = at(body, "@odata.nextLink") as string | undefined;
    if (next !== undefined) expect(next.startsWith(`${emulator.graphEndpoint}${statuses}?$skiptoken=`)).toBe(true);
  }
  expect(seen.map((page) => page.length)).toEqual([51, 51, 18]);
  expect(seen.flat()).toEqual(Array.from({ length: 120 }, (_, index) => `device ${index}`));
});

test("paging: a page that ends with the last entity has no nextLink", async () => {
  for (const name of ["a", "b"]) await create(name);
  const { body } = await client.call("GET", `${statuses}?$top=2`);
  expect([namesIn(body), at(body, "@odata.nextLink")]).toEqual([["a", "b"], undefined]);
});

test("paging: $top stays in the nextLink; rows that come and go between pages are neither lost nor doubled", async () => {
  const ids = new Map<string, string>();
  for (const name of ["a", "b", "c", "d", "e"]) ids.set(name, await create(name));
  const first = await client.call("GET", `${statuses}?$top=2`);
  expect(namesIn(first.body)).toEqual(["a", "b"]);
  for (const name of ["a", "b", "d"]) await client.call("DELETE", `${statuses}/${ids.get(name) ?? ""}`);
  await create("f");
  const second = await client.call("GET", at(first.body, "@odata.nextLink") as string);
  expect(namesIn(second.body)).toEqual(["c", "e"]);
  const third = await client.call("GET", at(second.body, "@odata.nextLink") as string);
  expect([namesIn(third.body), at(third.body, "@odata.nextLink")]).toEqual([["f"], undefined]);
});

test.each([
  ["$top=0", 400, "$top"],
  ["$top=abc", 400, "$top"],
  ["$skiptoken=AAAA", 400, "$skiptoken"],
  ["$search=x", 501, "$search"],
  ["$filter=state%20eq%20'error'", 400, "$filter"],
  ["$orderby=state", 400, "$orderby"],
  ["$select=state", 400, "$select"],
  ["$count=yes", 400, "$count"],
  ["$top=1&$top=2", 400, "$top"],
  ["$nonsense=1", 400, "$nonsense"],
])("list: %s is answered %i and named", async (option, status, name) => {
  const response = await client.call("GET", `${statuses}?${option}`);
  expect(response.status).toBe(status);
  expect(at(response.body, "error", "message")).toContain(`'${name}'`);
});

describe("queries", () => {
  const names = async (options: string): Promise<unknown[]> => {
    const { status, body } = await client.call("GET", `${statuses}?${options}`);
    expect(status).toBe(200);
    return namesIn(body);
  };
  beforeEach(async () => {
    for (const name of ["q1", "q2", "q3", "q4", "q5"]) await create(name);
    const { body } = await client.call("GET", `${statuses}?$filter=deviceDisplayName%20eq%20'q4'`);
    await client.call("PATCH", `${statuses}/${at(body, "value", 0, "id") as string}`, { status: "error", platform: 7 });
  });

  test("$filter, $orderby, $skip and $top together; @odata.count counts the result, nextLink leads through it", async () => {
    const options = "$filter=startswith(deviceDisplayName,'q')&$orderby=deviceDisplayName%20desc&$skip=1&$top=2";
    const first = await client.call("GET", `${statuses}?${options}`);
    expect([namesIn(first.body), at(first.body, "@odata.count")]).toEqual([["q4", "q3"], 5]);
    const second = await client.call("GET", at(first.body, "@odata.nextLink") as string);
    expect([namesIn(second.body), at(second.body, "@odata.nextLink")]).toEqual([["q2", "q1"], undefined]);
  });

  test("a filtered list goes on where its page ended, and counts when it is asked to", async () => {
    const first = await client.call("GET", `${statuses}?$filter=status%20eq%20'compliant'&$top=3&$count=true`);
    expect([namesIn(first.body), at(first.body, "@odata.count")]).toEqual([["q1", "q2", "q3"], 4]);
    const second = await client.call("GET", at(first.body, "@odata.nextLink") as string);
    expect([namesIn(second.body), at(second.body, "@odata.nextLink")]).toEqual([["q5"], undefined]);
  });

  test("numbers, enumerations and lists of them", async () => {
    expect(await names("$filter=platform%20gt%206")).toEqual(["q4"]);
    expect(await names("$filter=not%20(status%20in%20('compliant','unknown'))")).toEqual(["q4"]);
  });

  test("observed: $filter is 501, as the service answers it", async () => {
    emulator.setProfile("observed");
    const { status, body } = await client.call("GET", `${statuses}?$filter=status%20eq%20'error'`);
    emulator.setProfile("documented");
    expect([status, at(body, "error", "code")]).toEqual([501, "NotImplemented"]);
  });
});
