import { ClientSecretCredential } from "@azure/identity";
import {
  BatchRequestContent,
  type BatchRequestStep,
  BatchResponseContent,
  Client,
  PageIterator,
  type PageCollection,
} from "@microsoft/microsoft-graph-client";
import { TokenCredentialAuthenticationProvider } from "@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials";
import { DEFAULT_APP, startEmulator } from "intune-emulator";
import type { Emulator, EmulatorOptions, HttpsEndpoint } from "intune-emulator";
import { Agent } from "undici";
import { NEW_POLICY, statusOf } from "../unit/emulator/support/graphClient";

/** Microsoft's own client (microsoftgraph/msgraph-sdk-javascript), by its public API alone, over https with the made authority. */
const POLICIES = "/deviceManagement/deviceCompliancePolicies";
const BATCH_LIMIT = 20;
type Entity = Record<string, unknown> & { id: string };

let emulator: Emulator;
let https: HttpsEndpoint;
let dispatcher: Agent;
let client: Client;

async function start(options: EmulatorOptions = {}): Promise<void> {
  emulator = await startEmulator({ https: true, ...options });
  if (emulator.https === undefined) throw new Error("no https endpoint");
  https = emulator.https;
  dispatcher = new Agent({ connect: { ca: https.caCertificatePem } });
  client = connect(new Set(["127.0.0.1"]));
}
async function stop(): Promise<void> {
  await dispatcher.destroy();
  await emulator.close();
}
beforeEach(() => start());
afterEach(stop);

function connect(customHosts: Set<string>): Client {
  const credential = new ClientSecretCredential(DEFAULT_APP.tenantId, DEFAULT_APP.clientId, DEFAULT_APP.clientSecret, {
    authorityHost: https.authority,
    disableInstanceDiscovery: true,
    tlsOptions: { ca: https.caCertificatePem },
  });
  const authProvider = new TokenCredentialAuthenticationProvider(credential, {
    scopes: ["https://graph.microsoft.com/.default"],
  });
  // Node.js hands it to its own undici, whose types are older than the package's.
  const fetchOptions = { dispatcher } as unknown as RequestInit;
  return Client.initWithMiddleware({
    baseUrl: https.graphEndpoint,
    defaultVersion: "beta",
    authProvider,
    customHosts,
    fetchOptions,
  });
}

const createPolicy = async (): Promise<Entity> => (await client.api(POLICIES).post(NEW_POLICY)) as Entity;

/** As the client's batch takes it: the path is relative to the version, which is in the batch's own address. */
function step(id: string, method: "POST" | "GET", path: string, body?: unknown): BatchRequestStep {
  const init =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
  return { id, request: new Request(`https://graph.microsoft.com${path}`, { method, ...init }) };
}

async function sendBatch(steps: BatchRequestStep[]): Promise<BatchResponseContent> {
  const content = await new BatchRequestContent(steps).getContent();
  return new BatchResponseContent(
    (await client.api("/$batch").post(content)) as ConstructorParameters<typeof BatchResponseContent>[0],
  );
}

/** Writes `count` rows, 20 to a batch; the status of each answer. */
async function createRows(policyId: string, count: number): Promise<number[]> {
  const statuses: number[] = [];
  for (let first = 0; first < count; first += BATCH_LIMIT) {
    const ids = Array.from({ length: BATCH_LIMIT }, (_, index) => String(first + index));
    const answers = await sendBatch(
      ids.map((id) => step(id, "POST", `${POLICIES}/${policyId}/deviceStatuses`, statusOf(`device-${id}`))),
    );
    statuses.push(...ids.map((id) => answers.getResponseById(id).status));
  }
  return statuses;
}

const answered = (method: string, path: RegExp): (number | "dropped")[] =>
  emulator.journal
    .entries()
    .filter((entry) => entry.method === method && path.test(entry.path))
    .map(({ status }) => status);

test("create, read, patch, delete", async () => {
  const created = await createPolicy();
  const one = `${POLICIES}/${created.id}`;
  expect(created).toMatchObject({ displayName: "Fixture policy", version: 1 });
  await client.api(one).patch({ "@odata.type": NEW_POLICY["@odata.type"], displayName: "Renamed" });
  expect(await client.api(one).select(["id", "displayName"]).get()).toMatchObject({
    id: created.id,
    displayName: "Renamed",
  });
  await client.api(one).delete();
  await expect(client.api(one).get()).rejects.toMatchObject({ statusCode: 404, code: "ResourceNotFound" });
});

test("120 rows by six batches of 20, read back by its page iterator and by a filter", async () => {
  const { id } = await createPolicy();
  expect(await createRows(id, 120)).toEqual(Array<number>(120).fill(201));
  emulator.journal.clear();
  const rows = `${POLICIES}/${id}/deviceStatuses`;
  const names = new Set<unknown>();
  const first = (await client.api(rows).get()) as PageCollection;
  await new PageIterator(client, first, (row: Entity) => {
    names.add(row["deviceDisplayName"]);
    return true;
  }).iterate();
  expect([...names].sort()).toEqual(Array.from({ length: 120 }, (_, index) => `device-${String(index)}`).sort());
  expect(answered("GET", /deviceStatuses$/)).toEqual([200, 200, 200]);
  const filtered = (await client
    .api(rows)
    .filter("deviceDisplayName eq 'device-7' or startswith(deviceDisplayName,'device-11')")
    .count(true)
    .orderby("deviceDisplayName desc")
    .top(3)
    .get()) as PageCollection;
  expect(filtered["@odata.count"]).toBe(12);
  expect(filtered.value.map((row: Entity) => row["deviceDisplayName"])).toEqual([
    "device-7",
    "device-119",
    "device-118",
  ]);
});

test("a batch of 20 at once: each answer is found under its id", async () => {
  const policies = [await createPolicy(), await createPolicy()];
  const ids = Array.from({ length: BATCH_LIMIT }, (_, index) => policies[index % 2]?.id ?? "");
  const answers = await sendBatch(ids.map((id, index) => step(String(index), "GET", `${POLICIES}/${id}`)));
  const read = await Promise.all(ids.map((_, index) => answers.getResponseById(String(index)).json()));
  expect((read as Entity[]).map((policy) => policy.id)).toEqual(ids);
});

test("a batch in sequence: each step sees what the one before it did, and none is done after a failure", async () => {
  const answers = await sendBatch([
    step("create", "POST", POLICIES, NEW_POLICY),
    { ...step("list", "GET", POLICIES), dependsOn: ["create"] },
    { ...step("missing", "GET", `${POLICIES}/00000000-0000-0000-0000-000000000000`), dependsOn: ["list"] },
    { ...step("never", "POST", POLICIES, NEW_POLICY), dependsOn: ["missing"] },
  ]);
  const statuses = ["create", "list", "missing", "never"].map((id) => answers.getResponseById(id).status);
  expect(statuses).toEqual([201, 200, 404, 424]);
  expect(((await answers.getResponseById("list").json()) as PageCollection).value).toHaveLength(1);
  expect(((await client.api(POLICIES).get()) as PageCollection).value).toHaveLength(1);
});

test("its RetryHandler waits as long as Retry-After says, and sends a write once that counts", async () => {
  const fault = { status: 429, headers: { "Retry-After": "1" } };
  emulator.faults.add({ match: { method: "POST", path: "/beta/**" }, times: 2, fault });
  await createPolicy();
  expect(answered("POST", /deviceCompliancePolicies$/)).toEqual([429, 429, 201]);
  const sent = emulator.journal.entries().filter(({ path }) => path.endsWith("deviceCompliancePolicies"));
  const [first = 0, second = 0, third = 0] = sent.map((entry) => Date.parse(entry.receivedDateTime));
  // Its own wait without a Retry-After is 3 s and more (RetryHandlerOptions.DEFAULT_DELAY).
  for (const waitedMs of [second - first, third - second]) {
    expect(waitedMs).toBeGreaterThanOrEqual(990);
    expect(waitedMs).toBeLessThan(2_900);
  }
  expect(((await client.api(POLICIES).get()) as PageCollection).value).toHaveLength(1);
});

test("its RetryHandler gives up after three retries, with the code of the service", async () => {
  emulator.faults.add({
    match: { path: "/beta/**" },
    times: 9,
    fault: { status: 429, headers: { "Retry-After": "0" } },
  });
  await expect(client.api(POLICIES).get()).rejects.toMatchObject({ statusCode: 429, code: "TooManyRequests" });
  expect(answered("GET", /deviceCompliancePolicies$/)).toEqual([429, 429, 429, 429]);
});

test("its RetryHandler gets through Intune's quota", async () => {
  await stop();
  await start({ quota: true, quotaTimeScale: 0.1 });
  const { id } = await createPolicy();
  const statuses = await createRows(id, 100);
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0);
  emulator.journal.clear();
  await client.api(`${POLICIES}/${id}`).delete();
  expect(answered("DELETE", /deviceCompliancePolicies/)).toEqual([429, 204]);
});

test("it sends its token to Graph's hosts and its customHosts only", async () => {
  const unaware = connect(new Set());
  const refusal = { statusCode: 401, code: "InvalidAuthenticationToken" };
  await expect(unaware.api(POLICIES).get()).rejects.toMatchObject(refusal);
  expect(emulator.journal.entries().map(({ method, status }) => [method, status])).toEqual([["GET", 401]]);
});
