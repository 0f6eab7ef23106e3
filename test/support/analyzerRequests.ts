import {
  AnalyzeRequest,
  AnalyzerResource,
  AnalyzerResourceOptions,
  AnalyzeStackRequest,
  ConfigureAnalyzerRequest,
  EnforcementLevel,
  PolicyConfig,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";

export type Level = "advisory" | "mandatory" | "disabled" | "remediate";
export type Properties = Record<string, JavaScriptValue>;

export interface PolicyInfo {
  readonly name: string;
  readonly level: Level;
  readonly severity: string;
  readonly schemaProperties: Readonly<Record<string, unknown>>;
}

/** Per policy its options and a level. */
export type Configuration = Readonly<Record<string, { readonly level: Level; readonly options?: Properties }>>;

export type Resource = readonly [type: string, name: string, props: Properties];

export const analyzeRequest = (type: string, name: string, props: Properties): AnalyzeRequest =>
  describeResource(new AnalyzeRequest(), type, name, props);

export function stackRequest(resources: readonly Resource[]): AnalyzeStackRequest {
  const request = new AnalyzeStackRequest();
  request.setResourcesList(resources.map((resource) => describeResource(new AnalyzerResource(), ...resource)));
  return request;
}

function describeResource<R extends AnalyzeRequest | AnalyzerResource>(
  message: R,
  type: string,
  name: string,
  props: Properties,
): R {
  const options = new AnalyzerResourceOptions();
  options.setCustomtimeouts(new AnalyzerResourceOptions.CustomTimeouts());
  message.setType(type);
  message.setName(name);
  message.setUrn(`urn:pulumi:dev::project::${type}::${name}`);
  message.setOptions(options);
  message.setProperties(Struct.fromJavaScript(props));
  return message;
}

export function reconcile(
  policies: readonly PolicyInfo[],
  { all, ...file }: Readonly<Record<string, unknown>>,
): Configuration {
  const names = new Set([...policies.map(({ name }) => name), ...Object.keys(file)]);
  const entries = [...names].map((name) => {
    const policy = policies.find((known) => known.name === name);
    const defaults = Object.entries(policy?.schemaProperties ?? {}).map(([option, schema]) => [
      option,
      (schema as { readonly default: JavaScriptValue }).default,
    ]);
    const given = file[name];
    const { enforcementLevel, ...options } = (
      typeof given === "string" ? { enforcementLevel: given } : (given ?? {})
    ) as Properties;
    const level = (enforcementLevel ?? all ?? policy?.level) as Level | undefined;
    // The engine's own words for an entry without a level under a name that no policy has.
    if (level === undefined) throw new Error('invalid enforcement level ""');
    return [name, { level, options: { ...(Object.fromEntries(defaults) as Properties), ...options } }] as const;
  });
  return Object.fromEntries(entries);
}

export function configureRequest(config: Configuration): ConfigureAnalyzerRequest {
  const request = new ConfigureAnalyzerRequest();
  for (const [policy, { level, options = {} }] of Object.entries(config)) {
    const entry = new PolicyConfig();
    entry.setEnforcementlevel(EnforcementLevel[level.toUpperCase() as Uppercase<Level>]);
    entry.setProperties(Struct.fromJavaScript(options));
    request.getPolicyconfigMap().set(policy, entry);
  }
  return request;
}
