import { addressFault, CLOUDS, isLoopback } from "pulumi-intune/settings";
import { definePolicy } from "../definePolicy";
import { nameListOption, switchOption, textListOption } from "../optionKinds";
import { EXAMPLE_INPUTS } from "../rulePage";

/** One name for each cloud: CLOUDS has aliases too. */
const CLOUD_NAMES = ["global", "usgovernment", "dod", "china"] as const;
const KEY = "intune:graphEndpoint";

interface EndpointRules {
  readonly allowedClouds: readonly (typeof CLOUD_NAMES)[number][];
  readonly allowedOrigins: readonly string[];
  readonly allowLoopback: boolean;
}

/** Fixtures go to Graph's own hosts or to an emulator on this machine. The endpoint is never printed. */
export const graphEndpoint = definePolicy({
  name: "graph-endpoint",
  id: "DCS010",
  displayName: "The Graph endpoint is a known one",
  description: "Device compliance statuses may go to Microsoft Graph or to an emulator on this machine only.",
  fix: `set ${KEY} to one of these, or list its origin in the option allowedOrigins`,
  tags: ["intune", "endpoint"],
  level: "mandatory",
  severity: "high",
  exemptible: true,
  options: {
    allowedClouds: nameListOption({
      description: "The clouds whose Graph fixtures may go to.",
      members: CLOUD_NAMES,
      standard: CLOUD_NAMES,
      memberNoun: "a cloud of Microsoft",
    }),
    allowedOrigins: textListOption({
      description: "Further origins, such as https://graph.test.example, that fixtures may go to.",
      standard: [],
    }),
    allowLoopback: switchOption({
      description: "Whether fixtures may go to this machine, where emulators run.",
      standard: true,
    }),
  },
  page: {
    why: [
      "Whatever stands at the endpoint receives the run's access tokens and every fixture. A stack that was pointed at somebody's fake for an afternoon keeps pointing there, and plain http shows both to the network.",
      "The endpoint is what the provider would use: `intune:graphEndpoint` or `INTUNE_GRAPH_ENDPOINT`, else the cloud of `intune:environment` or its variables. Without any the provider asks for one, and this rule is silent. Messages name the setting and never the address.",
    ],
    bad: { fixtures: { overdue: EXAMPLE_INPUTS }, stackConfig: { [KEY]: "http://graph.test.example" } },
    good: { fixtures: { overdue: EXAMPLE_INPUTS }, stackConfig: { [KEY]: "http://127.0.0.1:8080" } },
    configuration: { enforcementLevel: "mandatory", allowedClouds: ["global"], allowLoopback: false },
    more: ["`/beta/…` is appended to the endpoint: give it without the version."],
  },
  judgeResource(_fixture, rules, { surroundings: { look } }) {
    const endpoint = look("graphEndpoint");
    if (endpoint !== undefined) {
      const fault = endpointFault(endpoint.text, rules);
      return fault === undefined ? [] : [{ problem: `${endpoint.name} ${fault}.` }];
    }
    const cloud = look("environment");
    const origin = cloud && CLOUDS[cloud.text.toLowerCase()]?.graphEndpoint;
    if (cloud === undefined || origin === undefined || isAllowed(origin, rules)) return [];
    return [{ problem: `${cloud.name} names a cloud that the option allowedClouds does not list.` }];
  },
});

/** What is wrong with an endpoint, as the end of a sentence. */
function endpointFault(text: string, rules: EndpointRules): string | undefined {
  const fault = addressFault(text);
  if (fault !== undefined) return fault;
  const url = new URL(text);
  if (/\/(?:beta|v1\.0)\/?$/i.test(url.pathname)) return "ends with the version, which is appended to it";
  if (isLoopback(url))
    return rules.allowLoopback ? undefined : "is this machine, which the option allowLoopback rules out";
  return isAllowed(url.origin, rules) ? undefined : "is neither an allowed cloud of Microsoft nor an allowed origin";
}

const isAllowed = (origin: string, { allowedClouds, allowedOrigins }: EndpointRules): boolean =>
  allowedClouds.some((name) => CLOUDS[name]?.graphEndpoint === origin) ||
  allowedOrigins.some((allowed) => URL.canParse(allowed) && new URL(allowed).origin === origin);
