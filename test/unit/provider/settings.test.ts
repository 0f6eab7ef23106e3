import { ConfigurationError } from "../../../provider/src/graph/errors";
import { type GraphSettings, readSettings } from "../../../provider/src/graph/settings";

const read = (config: Record<string, string>, environment: Record<string, string> = {}): GraphSettings =>
  readSettings({ get: (key) => config[key] }, environment);
const faults = (config: Record<string, string>, environment: Record<string, string> = {}): readonly string[] => {
  try {
    read(config, environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.faults;
    throw error;
  }
  return [];
};

test("nothing set: no request goes to a real tenant by accident", () => {
  expect(faults({})).toEqual([
    expect.stringMatching(/^no Graph endpoint is set: .*npm run emulator.*intune:environment/),
  ]);
});

test.each([
  ["global", "https://graph.microsoft.com", "https://login.microsoftonline.com"],
  ["usgovernment", "https://graph.microsoft.us", "https://login.microsoftonline.us"],
  ["DoD", "https://dod-graph.microsoft.us", "https://login.microsoftonline.us"],
  ["china", "https://microsoftgraph.chinacloudapi.cn", "https://login.chinacloudapi.cn"],
])("environment %s", (environment, graphEndpoint, authorityHost) => {
  expect(read({ environment })).toMatchObject({ graphEndpoint, authorityHost, scope: `${graphEndpoint}/.default` });
});

test("an own endpoint keeps the cloud's scope and authority unless they are set too", () => {
  expect(read({ graphEndpoint: "http://127.0.0.1:1/" })).toMatchObject({
    graphEndpoint: "http://127.0.0.1:1",
    scope: "https://graph.microsoft.com/.default",
    authorityHost: "https://login.microsoftonline.com",
  });
  expect(read({ graphEndpoint: "http://[::1]:1", authorityHost: "http://localhost:2", scope: "s" })).toMatchObject({
    scope: "s",
    authorityHost: "http://localhost:2",
  });
});

test("stack configuration goes before INTUNE_, ARM_ and AZURE_ variables, in this order", () => {
  const environment = {
    INTUNE_GRAPH_ENDPOINT: "http://127.0.0.1:2",
    ARM_TENANT_ID: "arm",
    AZURE_TENANT_ID: "azure",
    AZURE_CLIENT_ID: "id",
  };
  expect(read({}, environment)).toMatchObject({
    graphEndpoint: "http://127.0.0.1:2",
    signIn: { tenantId: "arm", clientId: { text: "id" } },
  });
  expect(read({ tenantId: "config", graphEndpoint: "http://127.0.0.1:3" }, environment)).toMatchObject({
    signIn: { tenantId: "config" },
    graphEndpoint: "http://127.0.0.1:3",
  });
});

test("batches are on everywhere; the quota is on for Graph itself, and for an endpoint of one's own only if asked", () => {
  const quota = { writesPerWindow: 100, requestsPerWindow: 1000, windowMs: 20_000 };
  const own = { graphEndpoint: "http://127.0.0.1:1" };
  expect(read({ environment: "global" })).toMatchObject({ batch: true, quota });
  expect(read({ graphEndpoint: "https://graph.microsoft.us/" }).quota).toEqual(quota);
  expect(read({ graphEndpoint: "https://graph.microsoft.com.example" }).quota).toBeUndefined();
  expect(read(own)).toMatchObject({ batch: true, quota: undefined });
  expect(read({ ...own, quota: "on", quotaWritesPerWindow: "5", quotaWindowSeconds: "0.5" }).quota).toEqual({
    ...quota,
    writesPerWindow: 5,
    windowMs: 500,
  });
  const environment = { INTUNE_BATCH: "off", INTUNE_QUOTA: "Off", INTUNE_QUOTA_REQUESTS_PER_WINDOW: "7" };
  expect(read({ environment: "global" }, environment)).toMatchObject({ batch: false, quota: undefined });
  expect(read({ environment: "global", quota: "on" }, environment).quota?.requestsPerWindow).toBe(7);
});

test("a blank value counts as absent", () => {
  expect(read({ environment: "global", tenantId: " " }, { ARM_TENANT_ID: "t" }).signIn).toMatchObject({
    tenantId: "t",
  });
});

test.each([
  [
    { graphEndpoint: "http://graph.example" },
    "intune:graphEndpoint uses http to another machine; tokens travel over https only",
  ],
  [
    { graphEndpoint: "http://127.0.0.1.example" },
    "intune:graphEndpoint uses http to another machine; tokens travel over https only",
  ],
  [{ graphEndpoint: "localhost:1" }, "intune:graphEndpoint is no http or https URL"],
  [{ graphEndpoint: "https://u:p@graph.example" }, "intune:graphEndpoint holds a user name or password; take them out"],
  [
    { graphEndpoint: "https://graph.example/?x=1" },
    "intune:graphEndpoint holds a query or fragment; give the address alone",
  ],
  [
    { environment: "global", authorityHost: "http://login.example" },
    "intune:authorityHost uses http to another machine; tokens travel over https only",
  ],
  [
    { environment: "global", requestTimeoutSeconds: "0" },
    "intune:requestTimeoutSeconds must be a number of seconds from above 0 to 86400",
  ],
  [
    { environment: "global", operationTimeoutSeconds: "ten" },
    "intune:operationTimeoutSeconds must be a number of seconds from above 0 to 86400",
  ],
  [{ environment: "global", batch: "true" }, "intune:batch must be on or off"],
  [{ environment: "global", quota: "yes" }, "intune:quota must be on or off"],
  [
    { environment: "global", quotaWritesPerWindow: "2.5" },
    "intune:quotaWritesPerWindow must be a whole number from 1 to 100000",
  ],
  [
    { environment: "global", quotaRequestsPerWindow: "0" },
    "intune:quotaRequestsPerWindow must be a whole number from 1 to 100000",
  ],
  [
    { environment: "global", quotaWindowSeconds: "-1" },
    "intune:quotaWindowSeconds must be a number of seconds from above 0 to 86400",
  ],
  [
    { environment: "global", clientSecret: "canary", tenantId: "t" },
    "intune:clientSecret is set but intune:clientId is not",
  ],
])("%p: %s", (config, fault) => {
  expect(faults(config)).toEqual([fault]);
});

test("an unknown environment lists those there are", () => {
  expect(faults({ environment: "mars" })).toEqual([
    "intune:environment is not known; use one of global, public, usgovernmentl4, usgovernment, usgovernmentl5, dod, china",
  ]);
});

test("all faults come at once, and no value with them", () => {
  const all = faults({
    graphEndpoint: "ftp://canary",
    authorityHost: "canary",
    clientSecret: "canary",
    requestTimeoutSeconds: "canary",
  });
  expect(all).toHaveLength(5);
  expect(all.join()).not.toContain("canary");
});

test("each operation has its time, its own before the common one", () => {
  const { timeoutsMs, connectTimeoutMs, requestTimeoutMs } = read({ environment: "global" });
  expect([timeoutsMs, connectTimeoutMs, requestTimeoutMs]).toEqual([
    { create: 600_000, read: 600_000, update: 600_000, delete: 600_000 },
    10_000,
    60_000,
  ]);
  const environment = { INTUNE_DELETE_TIMEOUT_SECONDS: "5", INTUNE_CONNECT_TIMEOUT_SECONDS: "0.5" };
  const own = read({ environment: "global", operationTimeoutSeconds: "20", createTimeoutSeconds: "90" }, environment);
  expect(own).toMatchObject({
    connectTimeoutMs: 500,
    timeoutsMs: { create: 90_000, read: 20_000, update: 20_000, delete: 5_000 },
  });
});

test("a time that is none is named by its key", () => {
  expect(faults({ environment: "global", readTimeoutSeconds: "0" })).toEqual([
    "intune:readTimeoutSeconds must be a number of seconds from above 0 to 86400",
  ]);
});
