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
