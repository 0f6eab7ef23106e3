import { graphEndpoint } from "../../../../policypack/src/policies/graphEndpoint";
import { COMPLIANT, judge } from "../judge";

const TAIL =
  "Fix: set intune:graphEndpoint to one of these, or list its origin in the option allowedOrigins [DCS010] docs/rules/graph-endpoint.md";

const judged = (endpoint: string, config: Record<string, unknown> = {}) =>
  judge(graphEndpoint, COMPLIANT, { config, stackConfig: { "intune:graphEndpoint": endpoint } }).messages;
const judgedCloud = (cloud: string, config: Record<string, unknown> = {}) =>
  judge(graphEndpoint, COMPLIANT, { config, stackConfig: { "intune:environment": cloud } }).messages;

describe("graph-endpoint", () => {
  it.each([
    "https://graph.microsoft.com",
    "https://graph.microsoft.com/",
    "https://graph.microsoft.us",
    "https://dod-graph.microsoft.us",
    "https://microsoftgraph.chinacloudapi.cn",
    "http://127.0.0.1:8080",
    "http://localhost:8080/tenant",
    "http://[::1]:8080",
  ])("accepts %s", (endpoint) => {
    expect(judged(endpoint)).toEqual([]);
  });

  it.each([
    ["https://graph.example", "is neither an allowed cloud of Microsoft nor an allowed origin"],
    ["https://graph.microsoft.com.evil.example", "is neither an allowed cloud of Microsoft nor an allowed origin"],
    ["https://graph.microsoft.com:8443", "is neither an allowed cloud of Microsoft nor an allowed origin"],
    ["http://graph.microsoft.com", "uses http to another machine; tokens travel over https only"],
    ["https://graph.microsoft.com/beta", "ends with the version, which is appended to it"],
    ["https://graph.microsoft.com/v1.0/", "ends with the version, which is appended to it"],
    ["https://user:word@graph.microsoft.com", "holds a user name or password; take them out"],
    ["graph.microsoft.com", "is no http or https URL"],
  ])("rejects %s without showing it", (endpoint, fault) => {
    expect(judged(endpoint)).toEqual([`intune:graphEndpoint ${fault}. ${TAIL}`]);
  });

  it("follows its options", () => {
    expect(judged("https://graph.example/base", { allowedOrigins: ["https://graph.example"] })).toEqual([]);
    expect(judged("https://graph.microsoft.us", { allowedClouds: ["global"] })).toHaveLength(1);
    expect(judged("http://127.0.0.1:8080", { allowLoopback: false })).toEqual([
      `intune:graphEndpoint is this machine, which the option allowLoopback rules out. ${TAIL}`,
    ]);
  });

  it.each(["global", "public", "usgovernment", "DOD", "china", "nowhere"])("accepts the environment %s", (cloud) => {
    expect(judgedCloud(cloud)).toEqual([]);
  });

  it("rejects an environment that is not allowed, under any of its names", () => {
    for (const cloud of ["usgovernment", "usgovernmentl4"])
      expect(judgedCloud(cloud, { allowedClouds: ["global"] })).toEqual([
        `intune:environment names a cloud that the option allowedClouds does not list. ${TAIL}`,
      ]);
    expect(judgedCloud("public", { allowedClouds: ["global"] })).toEqual([]);
  });

  it("names the variable that an endpoint comes from, and says nothing where there is none", () => {
    const environment = { INTUNE_GRAPH_ENDPOINT: "https://graph.example" };
    expect(judge(graphEndpoint, COMPLIANT, { environment }).messages[0]).toMatch(/^INTUNE_GRAPH_ENDPOINT is neither/);
    expect(judge(graphEndpoint, COMPLIANT).messages).toEqual([]);
  });
});
